import { Type } from 'class-transformer';
import { IsObject, IsString, ValidateNested } from 'class-validator';
import { Characters } from '../validation/characters.decorator.js';

/** An address and a password, as a person signs in with them. */
export class EmailAndPassword {
  @Characters(1, 254)
  email!: string;

  @Characters(1, 1024)
  password!: string;
}

/** The body of `POST /user_token`, as clients of the knock gem send it. */
export class UserTokenRequest {
  @IsObject() // ValidateNested alone lets an empty array pass
  @ValidateNested()
  @Type(() => EmailAndPassword)
  auth!: EmailAndPassword;
}

/** The answer of `POST /user_token`. */
export class UserToken {
  /** An access token; JWS compact. */
  @IsString()
  jwt!: string;
}
