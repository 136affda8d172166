import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { sessionCookieName } from '@gatehouse/contracts';
import { InvalidToken } from '@gatehouse/tokens';
import { ACCESS_OPTIONS, type AccessOptions } from '../access.options.js';
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
import { present } from './presented.token.js';
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
    @Inject(ACCESS_OPTIONS) options: AccessOptions,
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
    const token = this.tokenOf(request);
    if (token === undefined) return this.passAsNobody(request, rule);
    const principal = this.authority.recall(token);
    if (principal === undefined) return this.verify(context, request, token, rule);
    request.user = principal;
    return this.meets(request, principal, rule);
  }

  /** What passport calls with its verdict. */
  override handleRequest<P>(error: unknown, user: P | false, info: unknown, context: ExecutionContext): P {
    if (user && !error) return user;
    const request = context.getArgByIndex<GuardedRequest>(0);
    const cause = error ?? info;
    throw cause instanceof InvalidToken ? this.refusals.invalidToken(request, cause) : cause;
  }

  private tokenOf(request: GuardedRequest): string | undefined {
    try {
      return bearerCarrier(request) ?? this.sessionCookie(request);
    } catch (error) {
      throw error instanceof Ambiguous ? this.refusals.ambiguous(request) : error;
    }
  }

  private passAsNobody(request: GuardedRequest, rule: AccessRule): true {
    if (rule.openness === 'anonymous') return true;
    throw this.refusals.unauthenticated(request);
  }

  private async verify(
    context: ExecutionContext,
    request: GuardedRequest,
    token: string,
    rule: AccessRule,
  ): Promise<boolean> {
    if (token === '') throw this.refusals.invalidToken(request, new InvalidToken('empty'));
    const presented = present(request, token, this.authority);
    await super.canActivate(context);
    // Whatever else calls itself `jwt` in this process (a strategy left over from a tutorial) lets nobody in.
    if (!presented.principal) throw new StrategyReplaced();
    return this.meets(request, presented.principal, rule);
  }

  private meets(request: GuardedRequest, { scopes, roles, csrfToken }: Principal, rule: AccessRule): true {
    if (request.headers.authorization === undefined && !isMeant(request, csrfToken)) throw new CsrfFailed();
    for (const scope of rule.scopes) {
      if (!scopes.includes(scope)) throw this.refusals.insufficientScope(request, rule.scopes);
    }
    for (const choice of rule.roles) {
      if (!choice.some((role) => roles.includes(role))) throw new InsufficientRole();
    }
    return true;
  }
}
