import { createService, loadConfig } from '@gatehouse/service-kit';
import { json, TestIdentity, type TestAnswer, TestServer } from '@gatehouse/testing';
import { AppModule } from '../app.module.js';
import { ConsumerConfig } from '../consumer.config.js';

/** A running consumer, the identity it logs in at and a stand-in for articles: real servers, all three. */
export interface ConsumerTestApp {
  url: string;
  /** Signs the tokens. */
  issuer: TestIdentity;
  /** Answers logins, and passes the rest on to the issuer. */
  identity: TestServer;
  articles: TestServer;
  /** How often the service logged in. */
  logins(): number;
  /** Asks for a path; with claims, as the caller they describe. */
  get(path: string, as?: object, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

/** What articles answers unless a test says otherwise. */
export const ARTICLES = [
  {
    id: 1,
    title: 'first article',
    body: 'é 漢 😀',
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
  },
];

/** Starts a consumer on a free port. */
export async function createConsumerTestApp(): Promise<ConsumerTestApp> {
  const issuer = await TestIdentity.start();
  const identity = await TestServer.start(identityOf(issuer));
  const articles = await TestServer.start(json(ARTICLES));
  const config = loadConfig(ConsumerConfig, {
    NODE_ENV: 'test',
    ISSUER: issuer.issuer,
    IDENTITY_URL: identity.url,
    ARTICLES_URL: articles.url,
    LOG_LEVEL: 'silent',
  });
  const app = await createService({
    name: 'consumer',
    config,
    module: (config) => AppModule.forRoot(config),
  });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    url,
    issuer,
    identity,
    articles,
    logins: () => identity.requests.filter(({ method }) => method === 'POST').length,
    get: (path, as, headers = {}) =>
      fetch(url + path, {
        headers: { ...(as && { authorization: `Bearer ${issuer.tokenFor({ ...as })}` }), ...headers },
      }),
    close: async () => {
      await app.close();
      await Promise.all([issuer.close(), identity.close(), articles.close()]);
    },
  };
}

/** An identity as services know it: it signs them in, and publishes its keys. */
export function identityOf(issuer: TestIdentity): TestAnswer {
  return async (request, response) => {
    if (request.url === '/oauth/token') {
      const access_token = issuer.tokenFor({ kind: 'service', sub: 'consumer' });
      return json({ access_token, token_type: 'Bearer', expires_in: 900, scope: '' })(request, response);
    }
    return json(await (await fetch(issuer.issuer + request.url)).json())(request, response);
  };
}
