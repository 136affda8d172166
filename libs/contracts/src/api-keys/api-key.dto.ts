import { ArrayNotEmpty, IsIn, IsISO8601, IsOptional, IsString } from 'class-validator';
import { SCOPES, type Scope } from '../identity/scopes.js';
import { Characters } from '../validation/characters.decorator.js';
import { EachOnce } from '../validation/each-once.decorator.js';
import { IfPresent } from '../validation/if-present.decorator.js';
import { Timestamp } from '../validation/timestamp.decorator.js';

/** The body of `POST /me/api_keys`. */
export class CreateApiKeyRequest {
  /** What its owner knows it by. */
  @Characters(1, 100)
  name!: string;

  /**
   * What it is good for: no more than the user, and the token of this request, may do. Where it is left out, all of
   * that but `account` and `admin`, which have to be asked for by name.
   */
  @IfPresent()
  @ArrayNotEmpty()
  @EachOnce()
  @IsIn(Object.keys(SCOPES), { each: true })
  scopes?: Scope[];

  /** Until when it is good; until it is deleted, where it is left out or null. */
  @IsOptional()
  @Timestamp()
  expires_at?: string | null;
}

/** What there is to know about an API key, whenever it is shown. */
class ApiKeyFacts {
  @IsString()
  id!: string;

  @IsString()
  name!: string;

  /** How the key begins, to be recognised by. */
  @IsString()
  prefix!: string;

  @IsIn(Object.keys(SCOPES), { each: true })
  scopes!: Scope[];

  /** Null where it does not expire. */
  @IsOptional()
  @IsISO8601()
  expires_at!: string | null;

  @IsISO8601()
  created_at!: string;
}

/** An API key as its owner sees it. */
export class ApiKeyDto extends ApiKeyFacts {
  /** When a service last asked whose it is, which each does every 15 minutes at most; null until one did. */
  @IsOptional()
  @IsISO8601()
  last_used_at!: string | null;
}

/** An API key just made: the one time that the key itself is shown. */
export class NewApiKeyDto extends ApiKeyFacts {
  /** To be sent in the header `ApiKey`. */
  @IsString()
  key!: string;
}
