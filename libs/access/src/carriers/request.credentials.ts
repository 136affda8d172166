import { Inject, Injectable } from '@nestjs/common';
import { sessionCookieName, Unavailable } from '@gatehouse/contracts';
import { InvalidToken } from '@gatehouse/tokens';
import { ACCESS_OPTIONS, type AccessOptions } from '../access.options.js';
import { ApiKeyTokens } from '../api-keys/api-key.tokens.js';
import type { AccessRule } from '../guard/access.rules.js';
import { Refusals } from '../guard/refusals.js';
import type { Principal } from '../principal/principal.js';
import { API_KEY_HEADER, apiKeyCarrier, bearerBeside } from './api-key.carrier.js';
import { bearerCarrier } from './bearer.carrier.js';
import { Ambiguous, type Carrier } from './carrier.js';
import { cookieCarrier } from './cookie.carrier.js';
import type { GuardedRequest } from './guarded.request.js';

/** Says whom a token stands for; throws InvalidToken when for nobody. */
export type Verify = (token: string) => Promise<Principal>;

/** What a request carries: a bearer or a session cookie, an API key, or a key beside a bearer. */
@Injectable()
export class RequestCredentials {
  private readonly sessionCookie: Carrier;

  constructor(
    @Inject(ACCESS_OPTIONS) private readonly options: AccessOptions,
    private readonly refusals: Refusals,
    private readonly apiKeys: ApiKeyTokens,
  ) {
    this.sessionCookie = cookieCarrier(sessionCookieName(options));
  }

  /** Whether {@link principalByKey} is to be asked, and not {@link token}. */
  needKey({ headers }: GuardedRequest, { apiKey }: AccessRule): boolean {
    return apiKey || headers[API_KEY_HEADER] !== undefined;
  }

  /**
   * The token of the bearer, or of the session cookie; undefined when there is neither.
   *
   * @throws AmbiguousCredentials
   */
  token(request: GuardedRequest): string | undefined {
    try {
      return bearerCarrier(request) ?? this.sessionCookie(request);
    } catch (error) {
      throw this.refusals.of(error, request);
    }
  }

  /**
   * The owner of the API key, who is also that of the bearer beside it.
   *
   * @throws Unauthenticated, AmbiguousCredentials, InvalidToken, and Unavailable when identity cannot be asked
   */
  async principalByKey(request: GuardedRequest, { apiKey }: AccessRule, verify: Verify): Promise<Principal> {
    const { key, token } = this.keyAndToken(request, apiKey && this.options.queryCredentials === true);
    if (key === undefined || (apiKey && token === undefined)) throw this.refusals.unauthenticated(request);
    const owner = await this.ownerOf(key, request, verify);
    const principal = token === undefined ? owner : await verify(token);
    if (principal.id !== owner.id) throw this.invalid(request, 'an API key of another user');
    return principal;
  }

  private keyAndToken(request: GuardedRequest, inQuery: boolean): { key?: string; token?: string } {
    try {
      const key = apiKeyCarrier(request, inQuery);
      const token = bearerBeside(request, bearerCarrier(request), inQuery);
      if (key !== undefined && this.sessionCookie(request) !== undefined) {
        throw new Ambiguous('an API key and a session cookie');
      }
      return { ...(key !== undefined && { key }), ...(token !== undefined && { token }) };
    } catch (error) {
      throw this.refusals.of(error, request);
    }
  }

  /** What the key was exchanged for may have ended while the key did not: then it is exchanged again. */
  private async ownerOf(key: string, request: GuardedRequest, verify: Verify): Promise<Principal> {
    const first = await this.tokenFor(key, request);
    try {
      return await verify(first);
    } catch (error) {
      if (!(error instanceof InvalidToken)) throw error;
    }
    const another = await this.tokenFor(key, request, first);
    try {
      return await verify(another);
    } catch (cause) {
      // Identity has just said that the key is good: 401 would have its owner throw it away.
      throw cause instanceof InvalidToken ? new Unavailable(undefined, { cause }) : cause;
    }
  }

  private async tokenFor(key: string, request: GuardedRequest, refused?: string): Promise<string> {
    const token = await this.apiKeys.tokenFor(key, refused);
    if (token === undefined) throw this.invalid(request, 'an API key that is not good');
    return token;
  }

  private invalid(request: GuardedRequest, reason: string): unknown {
    return this.refusals.of(new InvalidToken(reason), request);
  }
}
