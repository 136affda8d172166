import { ArrayMaxSize, IsBoolean, IsIn, IsISO8601, IsString } from 'class-validator';
import { SCOPES, type Scope } from '../identity/scopes.js';
import { Characters } from '../validation/characters.decorator.js';
import { EachOnce } from '../validation/each-once.decorator.js';
import { IfPresent } from '../validation/if-present.decorator.js';

const MOST_AUDIENCES = 100;

/** A service that may ask for tokens. */
export class ClientDto {
  @IsString()
  id!: string;

  /** What its own tokens may do at most. */
  @IsIn(Object.keys(SCOPES), { each: true })
  scopes!: Scope[];

  /** Whom it may have tokens for, beside the default audience. */
  @IsString({ each: true })
  audiences!: string[];

  @IsBoolean()
  disabled!: boolean;

  /** UTC with milliseconds. */
  @IsISO8601()
  created_at!: string;

  /** UTC with milliseconds. */
  @IsISO8601()
  updated_at!: string;
}

/** A client with a secret just made: the one time that the secret itself is shown. */
export class ClientWithSecretDto extends ClientDto {
  @IsString()
  secret!: string;
}

/** The body of `POST /admin/clients`. */
export class RegisterClientRequest {
  /** A lower case letter, then up to 63 of `a-z`, `0-9` and `-`. */
  @Characters(1, 64)
  id!: string;

  /** Any but `account` and `admin`, which are for people. */
  @EachOnce()
  @IsIn(Object.keys(SCOPES), { each: true })
  scopes!: Scope[];

  @IfPresent()
  @ArrayMaxSize(MOST_AUDIENCES)
  @EachOnce()
  @Characters(1, 255, { each: true })
  audiences: string[] = [];
}

/** The body of `PATCH /admin/clients/:id`. Members left out stay as they are. */
export class ChangeClientRequest {
  @IfPresent()
  @EachOnce()
  @IsIn(Object.keys(SCOPES), { each: true })
  scopes?: Scope[];

  @IfPresent()
  @ArrayMaxSize(MOST_AUDIENCES)
  @EachOnce()
  @Characters(1, 255, { each: true })
  audiences?: string[];

  @IfPresent()
  @IsBoolean()
  disabled?: boolean;
}
