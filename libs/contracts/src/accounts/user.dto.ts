import { IsBoolean, IsEmail, IsIn, IsISO8601, IsString } from 'class-validator';
import { LOCALES, type Locale } from './locale.js';

/** A user as the wire carries one: never a digest or a secret. */
export class UserDto {
  @IsString()
  id!: string;

  /** In lower case. */
  @IsEmail()
  email!: string;

  /** Whether its owner has followed a link that was sent there. */
  @IsBoolean()
  email_confirmed!: boolean;

  @IsIn(LOCALES)
  locale!: Locale;

  @IsString({ each: true })
  roles!: string[];

  /** UTC with milliseconds. */
  @IsISO8601()
  created_at!: string;

  /** UTC with milliseconds. */
  @IsISO8601()
  updated_at!: string;
}
