import { createService, loadConfig } from '@gatehouse/service-kit';
import { testDatabases, type TestDatabaseKind } from '@gatehouse/service-kit/testing';
import type { Type } from '@nestjs/common';
import type { IdentityConfig } from '../identity.config.js';
import { IDENTITY } from '../identity.options.js';

/** What a test app differs in. */
export interface IdentityTestOptions {
  /** Settings beside the usual ones. */
  environment?: Record<string, string>;
  /** SQLite by default. */
  database?: TestDatabaseKind;
  /** The URL of a database that another test app made: the two are replicas. */
  databaseUrl?: string;
}

/** An identity that listens on a free port of this machine, with demo data in a database of its own. */
export interface IdentityTestApp {
  readonly url: string;
  readonly databaseUrl: string;
  readonly config: IdentityConfig;
  get<T>(token: Type<T> | (abstract new (...args: never[]) => T)): T;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Sends JSON. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Sends a form, as OAuth clients do. */
  form(
    path: string,
    fields: Record<string, string> | URLSearchParams,
    headers?: Record<string, string>,
  ): Promise<Response>;
  close(): Promise<void>;
}

/** Starts an identity for a test. */
export async function createIdentityTestApp(options: IdentityTestOptions = {}): Promise<IdentityTestApp> {
  const database = options.databaseUrl ? undefined : await (options.database ?? testDatabases()[0]!).create();
  const databaseUrl = options.databaseUrl ?? database!.url;
  const config = loadConfig(IDENTITY.config, {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    LOGIN_LIMITS: 'off',
    DATABASE_URL: databaseUrl,
    ...options.environment,
  });
  const app = await createService({ ...IDENTITY, config });
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const send: IdentityTestApp['fetch'] = (path, init) => fetch(`${url}${path}`, init);
  return {
    url,
    databaseUrl,
    config,
    get: (token) => app.get(token, { strict: false }),
    fetch: send,
    post: (path, body, headers) =>
      send(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      }),
    form: (path, fields, headers = {}) =>
      send(path, { method: 'POST', body: new URLSearchParams(fields), headers }),
    close: async () => {
      await app.close();
      await database?.drop();
    },
  };
}
