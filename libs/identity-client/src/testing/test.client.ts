import { json, type TestAnswer, TestServer } from '@gatehouse/testing';
import { Test } from '@nestjs/testing';
import type { Caller } from '../caller.js';
import { IdentityClientModule } from '../identity-client.module.js';
import type { IdentityClientOptions, UpstreamOptions } from '../identity-client.options.js';
import { IdentityClient } from '../identity.client.js';

/** A client with an identity to log in at and one upstream, `articles`: real servers, both. */
export interface TestClient {
  client: IdentityClient;
  identity: TestServer;
  articles: TestServer;
  close(): Promise<void>;
}

/** What identity answers unless a test says otherwise: the tokens `token-1`, `token-2` and so on. */
export function logins(): TestAnswer {
  let count = 0;
  return (request, response) =>
    json({ access_token: `token-${(count += 1)}`, token_type: 'Bearer', expires_in: 900 })(request, response);
}

/** Starts one. */
export async function createTestClient(
  options: Partial<IdentityClientOptions> = {},
  upstream: Partial<UpstreamOptions> = {},
): Promise<TestClient> {
  const identity = await TestServer.start(logins());
  const articles = await TestServer.start(json([{ id: 1 }], 200, { ETag: 'W/"1"' }));
  const app = await Test.createTestingModule({
    imports: [
      IdentityClientModule.forRoot({
        identityUrl: identity.url,
        client: { id: 'consumer', secret: 'secret' },
        upstreams: { articles: { url: articles.url, ...upstream } },
        ...options,
      }),
    ],
  }).compile();
  return {
    client: app.get(IdentityClient),
    identity,
    articles,
    close: async () => {
      await app.close();
      await Promise.all([identity.close(), articles.close()]);
    },
  };
}

/** A caller whose token was verified. */
export function callerOf(id: string, more: Partial<Caller> = {}): Caller {
  return {
    id,
    token: `token-of-${id}`,
    tokenId: `jti-of-${id}`,
    sessionId: `ses_of_${id}`,
    scopes: ['articles:read'],
    audience: ['gatehouse'],
    expiresAt: 4_000_000_000,
    ...more,
  };
}
