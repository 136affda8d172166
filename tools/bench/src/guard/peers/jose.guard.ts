import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { GuardSettings } from '../subject.js';

/** jose with its remote JWK set, as its documentation shows it. */
export class JoseGuard implements CanActivate {
  private readonly keys;

  constructor(private readonly settings: GuardSettings) {
    this.keys = createRemoteJWKSet(new URL(settings.jwksUrl));
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest();
    const { issuer, audience } = this.settings;
    const { payload } = await jwtVerify(request.headers.authorization.slice(7), this.keys, {
      issuer,
      audience,
      typ: 'at+jwt',
    });
    request.user = payload;
    return true;
  }
}
