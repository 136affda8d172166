import { IsIn, IsISO8601, IsOptional, IsString } from 'class-validator';

/** What a signing key does now: waits, signs, is still known for what it signed, or was withdrawn. */
export const SIGNING_KEY_STATES = ['next', 'signing', 'published', 'expired', 'retired'] as const;

/** A signing key, without either half of it. */
export class SigningKeyDto {
  /** The `kid` in the header of the tokens it signs. */
  @IsString()
  kid!: string;

  @IsIn(['ES256', 'RS256'])
  algorithm!: 'ES256' | 'RS256';

  @IsIn(SIGNING_KEY_STATES)
  state!: (typeof SIGNING_KEY_STATES)[number];

  /** UTC with milliseconds, as all times here. */
  @IsISO8601()
  created_at!: string;

  /** When it begins to sign; null while that is open. */
  @IsOptional()
  @IsISO8601()
  activates_at!: string | null;

  /** When the last token it signed has expired; null while it signs. */
  @IsOptional()
  @IsISO8601()
  expires_at!: string | null;

  /** When it was withdrawn in an emergency. */
  @IsOptional()
  @IsISO8601()
  retired_at!: string | null;
}
