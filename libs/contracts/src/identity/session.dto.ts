import { IsBoolean, IsISO8601, IsOptional, IsString } from 'class-validator';

/** One of the caller's own live sessions, as `GET /me/sessions` lists them. */
export class SessionDto {
  @IsString()
  id!: string;

  /** The client, or the door, it was opened at. */
  @IsString()
  client_id!: string;

  /** The User-Agent it was opened with. */
  @IsOptional()
  @IsString()
  device!: string | null;

  /** The network address it was last used from. */
  @IsString()
  address!: string;

  @IsISO8601()
  created_at!: string;

  @IsISO8601()
  last_used_at!: string;

  /** When it ends at the latest. */
  @IsISO8601()
  expires_at!: string;

  /** Whether it is the one of this very request. */
  @IsBoolean()
  current!: boolean;
}
