import { type INestApplication, VersioningType } from '@nestjs/common';
import { afterEach, describe, expect, it } from 'vitest';
import type { AccessOptions } from '../access.options.js';
import { type GuardedApp, PLATFORMS, startGuardedApp } from '../testing/guarded.app.js';

const WELL_KNOWN = '/.well-known/oauth-protected-resource';
const OPTIONS = { issuer: 'https://id.example.com', audience: 'gatehouse' };

describe.each(PLATFORMS)('the metadata of a protected resource on %s', (_name, adapter) => {
  let app: GuardedApp;
  const start = async (options: Partial<AccessOptions>, prepare?: (nest: INestApplication) => unknown) => {
    app = await startGuardedApp([], { ...OPTIONS, ...options }, { adapter, prepare });
  };
  afterEach(() => app.close());

  it('tells whose tokens the service takes, and how', async () => {
    await start({ resource: 'https://articles.example.com', scopesSupported: ['articles:read'] });
    const answer = await app.get(WELL_KNOWN);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.body).toEqual({
      resource: 'https://articles.example.com',
      authorization_servers: ['https://id.example.com'],
      scopes_supported: ['articles:read'],
      bearer_methods_supported: ['header'],
    });
  });

  it('has the path of the resource behind, where there is one', async () => {
    await start({ resource: 'https://example.com/articles' });
    expect((await app.get(`${WELL_KNOWN}/articles`)).body).toMatchObject({
      resource: 'https://example.com/articles',
    });
    expect((await app.get(`${WELL_KNOWN}/articles?x=1`)).status).toBe(200);
    expect((await app.get(WELL_KNOWN)).status).toBe(200);
    for (const other of ['/others', '/articles/1', '/articles/1/2']) {
      expect((await app.get(`${WELL_KNOWN}${other}`)).status).toBe(404);
    }
    expect((await app.get('/nothing')).headers['www-authenticate']).toBeUndefined();
  });

  it('stays where it is in an application with versions, and with a prefix that leaves it out', async () => {
    await start({}, (nest) =>
      nest
        .setGlobalPrefix('api', { exclude: ['.well-known/*path'] })
        .enableVersioning({ type: VersioningType.URI, defaultVersion: '1' }),
    );
    expect((await app.get(WELL_KNOWN)).body['resource']).toBe(app.url);
  });

  it('is about the origin of the request where none is configured', async () => {
    await start({});
    expect((await app.get(WELL_KNOWN)).body['resource']).toBe(app.url);
    expect((await app.get(WELL_KNOWN, [['Host', 'articles.test:81']])).body['resource']).toBe(
      'http://articles.test:81',
    );
    expect((await app.get(WELL_KNOWN, [['Host', 'a"b']])).status).toBe(404);
  });
});
