import type { TokenResponse } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import { SignInRefused } from '../../accounts/account.errors.js';
import type { Grant, TokenRequest } from '../../tokens/grants/grant.js';
import { OAuthError } from '../../tokens/oauth.error.js';
import { PasswordSignIn } from './password.sign-in.js';

/** Address and password for a token (RFC 6749 §4.3), for older clients alone: RFC 9700 §2.4 advises against it. */
@Injectable()
export class PasswordGrant implements Grant {
  readonly type = 'password';

  constructor(private readonly people: PasswordSignIn) {}

  async issue(request: TokenRequest): Promise<TokenResponse> {
    try {
      return await this.people.signIn(request);
    } catch (error) {
      throw error instanceof SignInRefused ? new OAuthError('invalid_grant', error.message) : error;
    }
  }
}
