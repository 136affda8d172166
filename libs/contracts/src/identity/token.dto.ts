import { IsIn, IsInt, IsOptional, IsString, Matches } from 'class-validator';

/** A successful answer of `POST /oauth/token` (RFC 6749 §5.1). */
export class TokenResponse {
  @IsString()
  access_token!: string;

  @IsIn(['Bearer'])
  token_type!: 'Bearer';

  /** Seconds the access token lives from now. */
  @IsInt()
  expires_in!: number;

  /** Where the grant gives one. */
  @IsOptional()
  @IsString()
  refresh_token?: string;

  /** Scopes, separated by single spaces (RFC 6749 §3.3). */
  @IsString()
  scope!: string;

  /** When the token was issued, in seconds since the epoch, as Doorkeeper tells it. */
  @IsInt()
  created_at!: number;

  /** After a token exchange alone (RFC 8693 §2.2.1). */
  @IsOptional()
  @IsString()
  issued_token_type?: string;
}

/** The error codes of RFC 6749 §5.2 and RFC 8707 §2 that `/oauth/*` answers with. */
export const OAUTH_ERRORS = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'invalid_target',
  'invalid_token',
  'temporarily_unavailable',
  'server_error',
] as const;

/** One of {@link OAUTH_ERRORS}. */
export type OAuthErrorCode = (typeof OAUTH_ERRORS)[number];

/** A failed answer under `/oauth` (RFC 6749 §5.2). */
export class OAuthErrorBody {
  @Matches(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
  error!: string;

  @IsString()
  error_description!: string;
}
