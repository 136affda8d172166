import { findValkey, PrivateValkey } from '@gatehouse/workspace';
import type { Step } from '../load/closed.loop.js';
import { KeepAliveConnection } from '../load/keep-alive.connection.js';
import { PeerProcess } from '../load/peer.process.js';
import type { Workplace } from '../report/workplace.js';
import { TokenCustomer } from './token.site.js';

/** Somebody else's server, and what its customers can ask of it. */
export interface TokenPeer {
  readonly name: string;
  readonly pid: number;
  readonly refresh: readonly Step[];
  readonly clientCredentials?: readonly Step[];
}

const OIDC_PROVIDER = new URL('./oidc-provider.server.js', import.meta.url);
const BETTER_AUTH = new URL('./better-auth.server.js', import.meta.url);
const CLIENT = { client_id: 'bench', client_secret: 'a-secret-that-is-long-enough-for-a-bench' };

/** All of them: oidc-provider with its tokens in memory and, where there is one, in a Redis; better-auth on SQLite. */
export async function tokenPeers(place: Workplace, connections: number): Promise<TokenPeer[]> {
  const peers = [await oidcProvider(place, 'oidc-provider, memory', { connections })];
  const program = findValkey();
  if (program) {
    const redis = await PrivateValkey.start(program);
    place.leaveBy(() => redis.close());
    peers.push(await oidcProvider(place, 'oidc-provider, Redis', { connections, redisUrl: redis.url }));
  }
  return [...peers, await betterAuth(place, connections)];
}

async function oidcProvider(
  place: Workplace,
  name: string,
  settings: { connections: number; redisUrl?: string },
): Promise<TokenPeer> {
  const server = await PeerProcess.start<{ url: string; tokens: string[] }>(OIDC_PROVIDER, {
    ...CLIENT,
    ...settings,
  });
  place.leaveBy(() => server.stop());
  const { told, pid } = server;
  const open = async (token: string): Promise<TokenCustomer> =>
    new TokenCustomer(await KeepAliveConnection.open(told.url), '/token', CLIENT, token);
  const customers = await Promise.all(told.tokens.map(open));
  return {
    name,
    pid,
    refresh: customers.map(({ refresh }) => refresh),
    clientCredentials: customers.map(({ clientCredentials }) => clientCredentials),
  };
}

async function betterAuth(place: Workplace, connections: number): Promise<TokenPeer> {
  const file = place.file('better-auth.sqlite');
  const server = await PeerProcess.start<{ url: string; cookies: string[] }>(BETTER_AUTH, {
    file,
    connections,
  });
  place.leaveBy(() => server.stop());
  const { told, pid } = server;
  const renew = async (cookie: string): Promise<Step> => {
    const connection = await KeepAliveConnection.open(told.url);
    return async () => {
      const { status, body } = await connection.get('/api/auth/token', { Cookie: cookie });
      if (status !== 200 || !body.includes('"token"'))
        throw new Error(`better-auth answered ${status}: ${body}`);
    };
  };
  return { name: 'better-auth, session and JWT', pid, refresh: await Promise.all(told.cookies.map(renew)) };
}
