import { Type } from 'class-transformer';
import { IsObject, IsString, ValidateNested } from 'class-validator';
import { EmailAndPassword } from '../identity/user-token.dto.js';

/** The body of `POST /api/users`, as clients of the Devise + ApiKey recipe send it. */
export class DeviseSignInRequest {
  @IsObject() // ValidateNested alone lets an empty array pass
  @ValidateNested()
  @Type(() => EmailAndPassword)
  user!: EmailAndPassword;
}

/** The answer of `POST /api/users`. */
export class DeviseToken {
  /** An access token; JWS compact. */
  @IsString()
  token!: string;
}
