import { IsIn, IsOptional, IsString } from 'class-validator';
import { TokenResponse } from '../identity/token.dto.js';

/** What `POST /api/v1/login` takes. */
export class DoorkeeperLogin {
  @IsIn(['password'])
  grant_type!: 'password';

  @IsString()
  email!: string;

  @IsString()
  password!: string;

  /** Where the device receives push messages; forgotten when the session ends. */
  @IsOptional()
  @IsString()
  device_token?: string;
}

/** What `POST /api/v1/refresh` takes. */
export class DoorkeeperRefresh {
  @IsIn(['refresh_token'])
  grant_type!: 'refresh_token';

  @IsString()
  refresh_token!: string;
}

/** The envelope of every answer under `/api/v1`. */
export class DoorkeeperEnvelope {
  /** A stable word, such as `custom.success.default` or `devise.failure.invalid`. */
  @IsString()
  response_code!: string;

  /** A sentence in the language that `Accept-Language` asks for. */
  @IsString()
  response_message!: string;

  /** The request's own `state`, with an error alone. */
  @IsOptional()
  @IsString()
  state?: string;
}

/** The answer of `POST /api/v1/login` and `/refresh`: a token answer in the envelope. */
export class DoorkeeperToken extends TokenResponse {
  /** `custom.success.default` */
  @IsString()
  response_code!: string;

  @IsString()
  response_message!: string;
}
