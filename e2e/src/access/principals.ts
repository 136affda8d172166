import { SCOPES } from '@gatehouse/contracts';
import { createApiKey } from '../doors/api.key.js';
import { browserSession } from '../doors/browser.session.js';
import { foreign } from '../harness/forged.js';
import { type Account, ADMIN, grant, READER, tokenFor } from '../harness/sign-in.js';
import type { ListedRoute } from './listed.routes.js';

/** Somebody who asks, and what the guard has to make of it. */
export interface Principal {
  readonly who: string;
  readonly kind: 'nobody' | 'nobody good' | 'user' | 'service';
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
  /** A cookie without the CSRF value reads only. */
  readonly readsOnly?: boolean;
  /** Whether it brings both an API key and a bearer, or either. */
  readonly brings: 'key' | 'bearer' | 'both' | 'cookie';
  /** The headers that say so: made for each request, since many a request ends the session it comes from. */
  headers(identity: string): Promise<Record<string, string>>;
}

const USERS = ['articles:read', 'articles:write', 'account'];
const CLIENTS = ['articles:read', 'revocations:read', 'token:exchange'];
const ALL = Object.keys(SCOPES);
const CONSUMER = ['consumer', 'consumer-secret-for-development'] as const;

/** Everybody who could ask for a route: each carrier, each kind, and tokens with its scopes alone, without each, and with all others. */
export function principalsFor({ scopes }: ListedRoute): Principal[] {
  const others = (own: readonly string[]) => own.filter((scope) => !scopes.includes(scope));
  const wrong = ALL.filter((scope) => !scopes.includes(scope));
  return [
    { who: 'nobody', kind: 'nobody', scopes: [], roles: [], brings: 'bearer', headers: async () => ({}) },
    ...['garbage', 'a token of somebody else’s key'].map((who) => badBearer(who)),
    user('a user', READER, USERS),
    user('an admin', ADMIN, [...USERS, 'admin']),
    ...wrong
      .filter((scope) => USERS.includes(scope))
      .map((scope) => user(`a user with ${scope} alone`, READER, [scope])),
    ...(scopes.length > 0 && scopes.every((scope) => USERS.includes(scope))
      ? [user('a user with its scopes alone', READER, scopes)]
      : []),
    user('an admin with all other scopes', ADMIN, others([...USERS, 'admin'])),
    service('a service', CLIENTS),
    ...wrong
      .filter((scope) => CLIENTS.includes(scope))
      .map((scope) => service(`a service with ${scope} alone`, [scope])),
    browser('a browser', READER, USERS, true),
    browser('an admin’s browser', ADMIN, [...USERS, 'admin'], true),
    { ...browser('a browser that does not repeat the CSRF value', READER, USERS, false), readsOnly: true },
    key('an API key', USERS),
    key('an API key with all other scopes', others(USERS)),
    both('an API key beside a bearer', USERS),
  ];
}

function badBearer(who: string): Principal {
  return {
    who,
    kind: 'nobody good',
    scopes: [],
    roles: [],
    brings: 'bearer',
    headers: async (identity) => bearer(who === 'garbage' ? who : foreign(await tokenFor(identity, READER))),
  };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const rolesOf = (account: Account) => (account === ADMIN ? ['admin'] : []);

function user(who: string, account: Account, scopes: readonly string[]): Principal {
  return {
    who,
    kind: 'user',
    scopes,
    roles: rolesOf(account),
    brings: 'bearer',
    headers: async (identity) => bearer(await narrowed(identity, account, scopes)),
  };
}

async function narrowed(
  identity: string,
  { email, password }: Account,
  scopes: readonly string[],
): Promise<string> {
  const form = { grant_type: 'password', username: email, password, scope: scopes.join(' ') };
  return (await grant(identity, form)).json<{ access_token: string }>().access_token;
}

function service(who: string, scopes: readonly string[]): Principal {
  const form = { grant_type: 'client_credentials', scope: scopes.join(' ') };
  const headers = async (identity: string) =>
    bearer((await grant(identity, form, CONSUMER)).json<{ access_token: string }>().access_token);
  return { who, kind: 'service', scopes, roles: [], brings: 'bearer', headers };
}

function browser(who: string, account: Account, scopes: readonly string[], repeats: boolean): Principal {
  const headers = async (identity: string) => {
    const { cookie, csrf } = await browserSession(identity, account);
    return { cookie, ...(repeats && { 'x-csrf-token': csrf }) };
  };
  return { who, kind: 'user', scopes, roles: rolesOf(account), brings: 'cookie', headers };
}

function key(who: string, scopes: readonly string[]): Principal {
  const headers = async (identity: string) => ({ apikey: await keyFor(identity, scopes) });
  return { who, kind: 'user', scopes, roles: [], brings: 'key', headers };
}

function both(who: string, scopes: readonly string[]): Principal {
  const headers = async (identity: string) => ({
    apikey: await keyFor(identity, scopes),
    ...bearer(await narrowed(identity, READER, scopes)),
  });
  return { who, kind: 'user', scopes, roles: [], brings: 'both', headers };
}

const KEYS = new Map<string, Promise<string>>();

/** One for each choice of scopes: how many a user may have is bounded. */
function keyFor(identity: string, scopes: readonly string[]): Promise<string> {
  const name = `${identity} ${scopes.join(' ')}`;
  const make = async () => (await createApiKey(identity, await tokenFor(identity, READER), [...scopes])).key;
  if (!KEYS.has(name)) KEYS.set(name, make());
  return KEYS.get(name)!;
}
