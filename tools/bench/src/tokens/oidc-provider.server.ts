import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Adapter, type AdapterPayload, Provider } from 'oidc-provider';
import { redisAdapter } from './redis.adapter.js';

const RESOURCE = 'urn:bench:articles';
const SCOPE = 'articles:read';
const TTL = 900;
const MONTH = 30 * 86_400;

/** As little as there can be: its own one in memory searches all tokens of a grant at each rotation. */
class MemoryAdapter implements Adapter {
  private static readonly rows = new Map<string, AdapterPayload>();

  constructor(private readonly model: string) {}

  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    MemoryAdapter.rows.set(this.model + id, payload);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return MemoryAdapter.rows.get(this.model + id);
  }

  async consume(id: string): Promise<void> {
    MemoryAdapter.rows.get(this.model + id)!.consumed = Math.floor(Date.now() / 1_000);
  }

  async destroy(id: string): Promise<void> {
    MemoryAdapter.rows.delete(this.model + id);
  }

  findByUserCode = async (): Promise<undefined> => undefined;
  findByUid = async (): Promise<undefined> => undefined;
  revokeByGrantId = async (): Promise<undefined> => undefined;
}

function newProvider(
  issuer: string,
  client: { client_id: string; client_secret: string },
  redisUrl?: string,
): Provider {
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  return new Provider(issuer, {
    adapter: redisUrl === undefined ? MemoryAdapter : redisAdapter(redisUrl),
    clients: [
      {
        ...client,
        grant_types: ['client_credentials', 'refresh_token', 'authorization_code'],
        redirect_uris: ['https://bench.invalid/'],
        token_endpoint_auth_method: 'client_secret_post',
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [{ ...key, alg: 'ES256', use: 'sig' }] },
    scopes: ['openid', 'offline_access', SCOPE],
    rotateRefreshToken: true,
    ttl: { AccessToken: TTL, ClientCredentials: TTL, RefreshToken: MONTH, Grant: MONTH },
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: SCOPE,
          audience: RESOURCE,
          accessTokenTTL: TTL,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
  });
}

/** As an authorization code would have brought it, without an ID token, which ours has not either. */
async function refreshToken(provider: Provider, clientId: string): Promise<string> {
  const client = (await provider.Client.find(clientId))!;
  const grant = new provider.Grant({ accountId: 'reader', clientId });
  grant.addResourceScope(RESOURCE, SCOPE);
  const grantId = await grant.save();
  const token = { client, accountId: 'reader', grantId, gty: 'authorization_code', scope: SCOPE };
  return new provider.RefreshToken({ ...token, resource: RESOURCE }).save();
}

// Started by the bench: tells its address and refresh tokens.
const { connections, redisUrl, ...client } = JSON.parse(process.argv[2]!) as {
  connections: number;
  redisUrl?: string;
  client_id: string;
  client_secret: string;
};
const server = createServer();
await once(server.listen(0, '127.0.0.1'), 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const provider = newProvider(url, client, redisUrl);
const handle = provider.callback();
server.on('request', (request, response) => void handle(request, response));
const tokens = await Promise.all(
  Array.from({ length: connections }, () => refreshToken(provider, client.client_id)),
);
process.on('disconnect', () => process.exit());
process.send!({ url, tokens });
