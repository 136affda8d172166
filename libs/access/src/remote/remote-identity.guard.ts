import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { GuardedRequest } from '../carriers/guarded.request.js';
import { RequestCredentials } from '../carriers/request.credentials.js';
import { type AccessRule, AccessRules } from '../guard/access.rules.js';
import { assertMeant } from '../guard/csrf.check.js';
import { Refusals } from '../guard/refusals.js';
import type { Principal } from '../principal/principal.js';
import { RemoteIdentity } from './remote.identity.js';

/**
 * Lets a request pass of whom identity names when it is asked, about each request, as the first guarded services did;
 * refuses like {@link JwtAuthGuard}. It needs neither keys nor the revocation feed, and costs a call: while identity
 * is away, nobody passes. `RemoteIdentityModule` installs it for every route.
 *
 * The principal is the same but for this: roles are those of this moment, and API keys and services' own tokens are
 * refused, since identity names nobody for them.
 *
 * @example
 * @UseGuards(RemoteIdentityGuard) // needed only where RemoteIdentityModule is not installed globally
 */
@Injectable()
export class RemoteIdentityGuard implements CanActivate {
  constructor(
    private readonly rules: AccessRules,
    private readonly credentials: RequestCredentials,
    private readonly refusals: Refusals,
    private readonly identity: RemoteIdentity,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.rules.of(context.getHandler(), context.getClass());
    if (rule.openness === 'public') return true;
    if (context.getType() !== 'http') throw this.refusals.unauthenticated({ headers: {}, url: '' });
    const request = context.switchToHttp().getRequest<GuardedRequest>();
    const principal = await this.callerOf(request, rule);
    if (principal) assertMeant(request, principal.csrfToken);
    const refusal = principal
      ? this.refusals.ofLacking(request, principal, rule)
      : this.refusals.ofNobody(request, rule);
    if (refusal) throw refusal;
    request.user = principal;
    return true;
  }

  private async callerOf(request: GuardedRequest, rule: AccessRule): Promise<Principal | undefined> {
    const verify = (token: string): Promise<Principal> => this.verify(request, token);
    if (this.credentials.needKey(request, rule))
      return this.credentials.principalByKey(request, rule, verify);
    const token = this.credentials.token(request);
    return token === undefined ? undefined : verify(token);
  }

  private async verify(request: GuardedRequest, token: string): Promise<Principal> {
    try {
      return await this.identity.principalOf(token, request);
    } catch (error) {
      throw this.refusals.of(error, request);
    }
  }
}
