import type { Caller } from '../caller.js';
import type { Link, Owner } from './answer.store.js';

/** Owns what an open API tells everybody: the id of no user and no client. */
export const EVERYBODY: Owner = { subject: '*', links: [] };

/** Whose an answer is: the verified caller's, or the service's own where there is none. */
export function ownerOf(caller: Caller | undefined, clientId: string): Owner {
  return caller ? { subject: caller.id, links: linksOf(caller) } : { subject: clientId, links: [] };
}

/** What tells an answer from others of the same owner: where it is from, and what the credential opens there. */
export function nameOf(upstream: string, path: string, query: object = {}, caller?: Caller): string {
  return [upstream, path, queryOf(query), caller ? powersOf(caller) : ''].join(' ');
}

function queryOf(query: object): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given as [string, string][]).toString();
}

/** Callers live as long as their token is in use, and are asked for at every call. */
const powers = new WeakMap<Caller, string>();

function powersOf(caller: Caller): string {
  let known = powers.get(caller);
  if (known === undefined) {
    const { scopes, roles = [], audience } = caller;
    known = JSON.stringify([scopes, roles, audience].map((words) => [...words].sort()));
    powers.set(caller, known);
  }
  return known;
}

function linksOf({ sessionId, tokenId }: Caller): Link[] {
  const token: Link = { kind: 'token', id: tokenId };
  return sessionId === undefined ? [token] : [{ kind: 'session', id: sessionId }, token];
}
