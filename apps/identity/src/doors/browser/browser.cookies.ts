import { sessionCookieName } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import { type SetCookie, stringifySetCookie } from 'cookie';
import { IdentityConfig } from '../../identity.config.js';

/** What the cookies carry. */
export interface BrowserCookieValues {
  token: string;
  csrfToken: string;
}

/** Makes the `Set-Cookie` values of a browser session: the token, and the CSRF value that scripts read. */
@Injectable()
export class BrowserCookies {
  private readonly name: string;
  private readonly attributes: Partial<SetCookie>;

  constructor(private readonly config: IdentityConfig) {
    const { issuer, cookieDomain } = config;
    this.name = sessionCookieName({ issuer, cookieDomain });
    this.attributes = {
      path: '/',
      sameSite: 'lax',
      ...(issuer.startsWith('https:') && { secure: true }),
      ...(cookieDomain && { domain: cookieDomain }),
    };
  }

  set({ token, csrfToken }: BrowserCookieValues): string[] {
    return this.pair(token, csrfToken, this.config.browserSessionTtl);
  }

  clear(): string[] {
    return this.pair('', '', 0);
  }

  private pair(token: string, csrfToken: string, maxAge: number): string[] {
    return [
      stringifySetCookie({ ...this.attributes, name: this.name, value: token, maxAge, httpOnly: true }),
      stringifySetCookie({ ...this.attributes, name: 'XSRF-TOKEN', value: csrfToken, maxAge }),
    ];
  }
}
