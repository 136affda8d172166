import { Type } from 'class-transformer';
import { IsOptional, IsString, ValidateNested } from 'class-validator';
import { UserDto } from '../accounts/user.dto.js';

/** The envelope of every answer under `/sessions` and `/current_user`. */
export class BrowserEnvelope {
  /** A sentence for a person. */
  @IsString()
  message!: string;

  /** What was asked for; sentences by field where a field is wrong; null where there is neither. */
  @IsOptional()
  data!: unknown;

  /** `success`, or a stable word for what went wrong. */
  @IsString()
  result_code!: string;
}

/** The answer of `POST /sessions` and `GET /current_user`. */
export class BrowserUser extends BrowserEnvelope {
  @ValidateNested()
  @Type(() => UserDto)
  declare data: UserDto;
}
