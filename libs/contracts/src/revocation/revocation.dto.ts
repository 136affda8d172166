import { IsIn, IsInt, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';

/**
 * What can be revoked, and what ends with it: one session's tokens, one token, what an API key was exchanged for,
 * the tokens of a user (`subject`), those of a client, those that a signing key signed.
 */
export const REVOCATION_KINDS = ['session', 'token', 'api_key', 'subject', 'client', 'key'] as const;

/** One of {@link REVOCATION_KINDS}. */
export type RevocationKind = (typeof REVOCATION_KINDS)[number];

/** The data of an `event: revocation` in the feed: something that must not be accepted any more. */
export class RevocationDto {
  @IsIn(REVOCATION_KINDS)
  kind!: RevocationKind;

  /** What was revoked: a session's, token's (`jti`), API key's, user's or client's id, or a `kid`. */
  @IsString()
  @MinLength(1)
  @MaxLength(64)
  id!: string;

  /** With `subject` and `client` alone, NumericDate: tokens issued until then are refused. */
  @IsOptional()
  @IsInt()
  before?: number;

  /** NumericDate: from then on no token that this concerns can be valid, so that it may be forgotten. */
  @IsInt()
  expires_at!: number;
}
