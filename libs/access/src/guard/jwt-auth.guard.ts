import { type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { InvalidToken } from '@gatehouse/tokens';
import type { GuardedRequest } from '../carriers/guarded.request.js';
import { RequestCredentials } from '../carriers/request.credentials.js';
import { StrategyReplaced } from '../errors/strategy-replaced.error.js';
import { MessageGuard } from '../messages/message.guard.js';
import type { Principal } from '../principal/principal.js';
import { type AccessRule, AccessRules } from './access.rules.js';
import { Authority } from './authority.js';
import { assertMeant } from './csrf.check.js';
import { PresentedToken } from './presented.token.js';
import { Refusals } from './refusals.js';

/**
 * Lets a request or message pass whose token is good and carries what the handler requires; everything else is
 * refused. `AccessModule` installs it for every handler. For requests it is `AuthGuard('jwt')` with a short cut in
 * front: a token that was verified before is recalled, and passport is not asked again.
 *
 * @example
 * @UseGuards(JwtAuthGuard) // needed only where AccessModule is not installed globally
 */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  constructor(
    private readonly rules: AccessRules,
    private readonly credentials: RequestCredentials,
    private readonly authority: Authority,
    private readonly refusals: Refusals,
    private readonly messages: MessageGuard,
  ) {
    super();
  }

  /** A plain boolean where nothing has to be waited for: Nest then does not wait either. */
  override canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const rule = this.rules.of(context.getHandler(), context.getClass());
    if (rule.openness === 'public') return true;
    if (context.getType() !== 'http') return this.messages.admit(context, rule);
    // By index: switchToHttp() builds an object on every call.
    const request = context.getArgByIndex<GuardedRequest>(0);
    return this.authority.outcomes.watch(() => this.admit(request, rule));
  }

  private admit(request: GuardedRequest, rule: AccessRule): boolean | Promise<boolean> {
    this.authority.requireCurrent();
    if (this.credentials.needKey(request, rule)) return this.admitByKey(request, rule);
    const token = this.credentials.token(request);
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

  private passAsNobody(request: GuardedRequest, rule: AccessRule): true {
    const refusal = this.refusals.ofNobody(request, rule);
    if (refusal) throw refusal;
    return true;
  }

  private async admitByToken(request: GuardedRequest, token: string, rule: AccessRule): Promise<boolean> {
    const principal = await this.verify(request, token);
    request.user = principal;
    return this.meets(request, principal, rule);
  }

  private async admitByKey(request: GuardedRequest, rule: AccessRule): Promise<boolean> {
    const verify = async (token: string): Promise<Principal> =>
      this.authority.recall(token) ?? this.verify(request, token);
    const principal = await this.credentials.principalByKey(request, rule, verify);
    request.user = principal;
    return this.carries(request, principal, rule);
  }

  private async verify(request: GuardedRequest, token: string): Promise<Principal> {
    if (token === '') throw this.refusals.of(new InvalidToken('empty'), request);
    const presented = new PresentedToken(token, this.authority);
    try {
      await super.canActivate(presented as unknown as ExecutionContext);
    } catch (error) {
      throw this.refusals.of(error, request);
    }
    // Whatever else calls itself `jwt` in this process (a strategy left over from a tutorial) lets nobody in.
    if (!presented.principal) throw new StrategyReplaced();
    return presented.principal;
  }

  private meets(request: GuardedRequest, principal: Principal, rule: AccessRule): true {
    assertMeant(request, principal.csrfToken);
    return this.carries(request, principal, rule);
  }

  private carries(request: GuardedRequest, principal: Principal, rule: AccessRule): true {
    const refusal = this.refusals.ofLacking(request, principal, rule);
    if (refusal) throw refusal;
    return true;
  }
}
