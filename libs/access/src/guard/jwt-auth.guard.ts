import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { sessionCookieName } from '@gatehouse/contracts';
import { InvalidToken } from '@gatehouse/tokens';
import { ACCESS_OPTIONS, type AccessOptions } from '../access.options.js';
import { ApiKeyTokens } from '../api-keys/api-key.tokens.js';
import { API_KEY_HEADER, apiKeyCarrier, bearerBeside } from '../carriers/api-key.carrier.js';
import { bearerCarrier } from '../carriers/bearer.carrier.js';
import { Ambiguous, type Carrier } from '../carriers/carrier.js';
import { cookieCarrier } from '../carriers/cookie.carrier.js';
import type { GuardedRequest } from '../carriers/guarded.request.js';
import { CsrfFailed } from '../errors/csrf-failed.error.js';
import { InsufficientRole } from '../errors/insufficient-role.error.js';
import { StrategyReplaced } from '../errors/strategy-replaced.error.js';
import type { Principal } from '../principal/principal.js';
import { type AccessRule, AccessRules } from './access.rules.js';
import { Authority } from './authority.js';
import { isMeant } from './csrf.check.js';
import { PresentedToken } from './presented.token.js';
import { Refusals } from './refusals.js';

/**
 * Lets a request pass whose token is good and carries what the handler requires; everything else is refused.
 * `AccessModule` installs it for every route. It is `AuthGuard('jwt')` with a short cut in front: a token that was
 * verified before is recalled, and passport is not asked again.
 *
 * @example
 * @UseGuards(JwtAuthGuard) // needed only where AccessModule is not installed globally
 */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  private readonly sessionCookie: Carrier;

  constructor(
    private readonly rules: AccessRules,
    private readonly authority: Authority,
    private readonly refusals: Refusals,
    private readonly apiKeys: ApiKeyTokens,
    @Inject(ACCESS_OPTIONS) private readonly options: AccessOptions,
  ) {
    super();
    this.sessionCookie = cookieCarrier(sessionCookieName(options));
  }

  /** A plain boolean where nothing has to be waited for: Nest then does not wait either. */
  override canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const rule = this.rules.of(context.getHandler(), context.getClass());
    if (rule.openness === 'public') return true;
    // By index: switchToHttp() builds an object on every call.
    const request = context.getArgByIndex<GuardedRequest>(0);
    if (context.getType() !== 'http') throw this.refusals.unauthenticated({ headers: {}, url: '' });
    if (rule.apiKey || request.headers[API_KEY_HEADER] !== undefined) {
      return this.admitByKey(request, rule);
    }
    const token = this.carried(request, () => bearerCarrier(request) ?? this.sessionCookie(request));
    if (token === undefined) return this.passAsNobody(request, rule);
    const principal = this.authority.recall(token);
    if (principal === undefined) return this.admitByToken(request, token, rule);
    request.user = principal;
    return this.meets(request, principal, rule);
  }

  /** What passport calls with its verdict. */
  override handleRequest<P>(error: unknown, user: P | false, info: unknown): P {
    if (user && !error) return user;
    throw error ?? info;
  }

  private carried<T>(request: GuardedRequest, read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw error instanceof Ambiguous ? this.refusals.ambiguous(request) : error;
    }
  }

  private passAsNobody(request: GuardedRequest, rule: AccessRule): true {
    if (rule.openness === 'anonymous') return true;
    throw this.refusals.unauthenticated(request);
  }

  private async admitByToken(request: GuardedRequest, token: string, rule: AccessRule): Promise<boolean> {
    const principal = await this.verify(request, token);
    request.user = principal;
    return this.meets(request, principal, rule);
  }

  private async admitByKey(request: GuardedRequest, rule: AccessRule): Promise<boolean> {
    const { key, token } = this.carried(request, () => this.keyAndToken(request, rule));
    if (key === undefined || (rule.apiKey && token === undefined))
      throw this.refusals.unauthenticated(request);
    const owner = await this.ownerOf(request, key);
    const principal = token === undefined ? owner : await this.verify(request, token);
    if (principal.id !== owner.id) throw this.invalid(request, 'an API key of another user');
    request.user = principal;
    return this.carries(request, principal, rule);
  }

  private keyAndToken(request: GuardedRequest, { apiKey }: AccessRule): { key?: string; token?: string } {
    const inQuery = apiKey && this.options.queryCredentials === true;
    const key = apiKeyCarrier(request, inQuery);
    const token = bearerBeside(request, bearerCarrier(request), inQuery);
    if (key !== undefined && this.sessionCookie(request) !== undefined) {
      throw new Ambiguous('an API key and a session cookie');
    }
    return { ...(key !== undefined && { key }), ...(token !== undefined && { token }) };
  }

  /** Whose key it is. What it was exchanged for may have ended while the key did not: then it is exchanged again. */
  private async ownerOf(request: GuardedRequest, key: string): Promise<Principal> {
    const token = await this.apiKeys.tokenFor(key);
    if (token === undefined) throw this.invalid(request, 'an API key that is not good');
    try {
      return await this.verify(request, token);
    } catch (error) {
      const another = error instanceof InvalidToken ? await this.apiKeys.tokenFor(key, token) : undefined;
      if (another === undefined || another === token) throw error;
      return this.verify(request, another);
    }
  }

  private async verify(request: GuardedRequest, token: string): Promise<Principal> {
    if (token === '') throw this.invalid(request, 'empty');
    const known = this.authority.recall(token);
    if (known) return known;
    const presented = new PresentedToken(token, this.authority);
    try {
      await super.canActivate(presented as unknown as ExecutionContext);
    } catch (error) {
      throw error instanceof InvalidToken ? this.refusals.invalidToken(request, error) : error;
    }
    // Whatever else calls itself `jwt` in this process (a strategy left over from a tutorial) lets nobody in.
    if (!presented.principal) throw new StrategyReplaced();
    return presented.principal;
  }

  private invalid(request: GuardedRequest, reason: string): InvalidToken {
    return this.refusals.invalidToken(request, new InvalidToken(reason));
  }

  private meets(request: GuardedRequest, principal: Principal, rule: AccessRule): true {
    const byCookie = request.headers.authorization === undefined;
    if (byCookie && !isMeant(request, principal.csrfToken)) throw new CsrfFailed();
    return this.carries(request, principal, rule);
  }

  private carries(request: GuardedRequest, { scopes, roles }: Principal, rule: AccessRule): true {
    for (const scope of rule.scopes) {
      if (!scopes.includes(scope)) throw this.refusals.insufficientScope(request, rule.scopes);
    }
    for (const choice of rule.roles) {
      if (!choice.some((role) => roles.includes(role))) throw new InsufficientRole();
    }
    return true;
  }
}
