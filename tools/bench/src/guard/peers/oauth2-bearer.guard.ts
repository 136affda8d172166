import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { auth } from 'express-oauth2-jwt-bearer';
import type { GuardSettings } from '../subject.js';

interface ExpressFaced {
  headers: Record<string, string | undefined>;
  get: (name: string) => string | undefined;
  is: () => boolean;
}

/** Auth0's express-oauth2-jwt-bearer, strict as RFC 9068 asks, called from a guard. */
export class OAuth2BearerGuard implements CanActivate {
  private readonly handler;

  constructor({ issuer, audience, jwksUrl, algorithm }: GuardSettings) {
    this.handler = auth({ issuer, audience, jwksUri: jwksUrl, tokenSigningAlg: algorithm, strict: true });
  }

  canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<ExpressFaced>();
    // What it asks of Express's request and Fastify's does not have.
    request.get = (name) => request.headers[name.toLowerCase()];
    request.is = () => false;
    return new Promise((resolve, reject) => {
      void this.handler(request as never, http.getResponse(), (error?: unknown) =>
        error ? reject(error) : resolve(true),
      );
    });
  }
}
