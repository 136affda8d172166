import { createService, loadConfig } from '@gatehouse/service-kit';
import { type TestDatabase, testDatabases } from '@gatehouse/service-kit/testing';
import { TestIdentity } from '@gatehouse/testing';
import { AppModule } from '../app.module.js';
import { ArticlesConfig } from '../articles.config.js';

/** Claims of the demo reader, who wrote the demo articles. */
export const READER = { sub: 'usr_demo_reader' };
/** Claims of a user who wrote none of them. */
export const ANOTHER = { sub: 'usr_another' };

/** A running articles app, and the identity whose tokens it takes. */
export interface ArticlesTestApp {
  identity: TestIdentity;
  url: string;
  /** Asks the app; a string is a token to go along. */
  request(method: string, path: string, options?: TestRequest): Promise<Response>;
  close(): Promise<void>;
}

/** What a test's request carries. */
export interface TestRequest {
  /** Claims of the caller's token; the demo reader's by default, `null` for a caller without one. */
  as?: Record<string, unknown> | null;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Starts articles on a free port, with a database and an identity of its own. */
export async function createArticlesTestApp(
  createDatabase = testDatabases()[0]!.create,
  environment: Record<string, string> = {},
): Promise<ArticlesTestApp> {
  const [identity, database] = await Promise.all([TestIdentity.start(), createDatabase()]);
  const app = await createService({
    name: 'articles',
    config: configFor(identity, database, environment),
    module: (config) => AppModule.forRoot(config),
  });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    identity,
    url,
    request: (method, path, { as = READER, body, headers = {} } = {}) =>
      fetch(url + path, {
        method,
        headers: {
          ...(as && { authorization: `Bearer ${identity.tokenFor(as)}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    close: async () => {
      await app.close();
      await Promise.all([identity.close(), database.drop()]);
    },
  };
}

function configFor(
  identity: TestIdentity,
  database: TestDatabase,
  environment: Record<string, string>,
): ArticlesConfig {
  return loadConfig(ArticlesConfig, {
    NODE_ENV: 'test',
    ISSUER: identity.issuer,
    DATABASE_URL: database.url,
    LOG_LEVEL: 'silent',
    ...environment,
  });
}
