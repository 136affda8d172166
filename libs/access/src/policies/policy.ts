import { Forbidden } from '@gatehouse/contracts';
import type { Principal } from '../principal/principal.js';

/**
 * Who may do what to a resource, where scopes and roles do not say enough: whose it is, in which state it is.
 *
 * @example
 * class ArticlePolicy implements Policy<'change' | 'remove', Article> {
 *   can(principal: Principal, _action: 'change' | 'remove', { authorId }: Article): boolean {
 *     return principal.id === authorId;
 *   }
 * }
 */
export interface Policy<Action extends string, Resource> {
  /** What a caller is told who may not; a general sentence by default. */
  readonly refusal?: string;
  can(principal: Principal, action: Action, resource: Resource): boolean | Promise<boolean>;
}

/**
 * Goes on only when the policy says so.
 *
 * @throws Forbidden (403 `forbidden`) when it does not
 * @example
 * await authorize(articlePolicy, principal, 'change', article);
 */
export async function authorize<Action extends string, Resource>(
  policy: Policy<Action, Resource>,
  principal: Principal,
  action: Action,
  resource: Resource,
): Promise<void> {
  const may: unknown = await policy.can(principal, action, resource);
  // Nothing but true lets anybody pass: a policy that forgot to return has not said yes.
  if (may !== true) throw new Forbidden(policy.refusal);
}
