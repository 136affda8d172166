import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CrossSiteSignIn, FormSignIn } from './browser.errors.js';

/** Refuses a sign-in that another site may have made a browser send (login CSRF, OWASP). */
@Injectable()
export class SameSiteGuard implements CanActivate {
  canActivate(context: ExecutionContext): true {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    if (headers['sec-fetch-site'] === 'cross-site') throw new CrossSiteSignIn();
    if (/^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '')) throw new FormSignIn();
    return true;
  }
}
