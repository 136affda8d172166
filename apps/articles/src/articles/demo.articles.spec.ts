import { loadConfig } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { describe, expect, it } from 'vitest';
import { ArticlesConfig } from '../articles.config.js';
import { createArticlesTestApp } from '../testing/articles.test-app.js';

describe.each(testDatabases())('the demo articles on $name', ({ create }) => {
  it('are there once, whoever starts, and stay as users left them', async () => {
    const database = await create();
    const shared = (): Promise<typeof database> =>
      Promise.resolve({ ...database, drop: () => Promise.resolve() });
    const [one, other] = await Promise.all([createArticlesTestApp(shared), createArticlesTestApp(shared)]);
    await one.request('PATCH', '/articles/2', { body: { title: 'changed' } });
    await one.request('DELETE', '/articles/1');
    await Promise.all([one.close(), other.close()]);

    const again = await createArticlesTestApp(shared);
    expect(await (await again.request('GET', '/articles')).json()).toMatchObject([
      { id: 2, title: 'changed' },
    ]);
    await again.close();
    await database.drop();
  });
});

describe('demo data', () => {
  const wanted = (env: Record<string, string>): boolean => loadConfig(ArticlesConfig, env).withDemoData;

  it('is for loopback alone, unless it is said otherwise', () => {
    expect(wanted({})).toBe(true);
    expect(wanted({ HOST: '0.0.0.0' })).toBe(false);
    expect(wanted({ HOST: '0.0.0.0', DEMO_DATA: 'on' })).toBe(true);
    expect(wanted({ DEMO_DATA: 'off' })).toBe(false);
  });

  it('is never there in production', () => {
    const production = {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      DEMO_DATA: 'on',
      ISSUER: 'https://id.example.com',
      PUBLIC_URL: 'https://articles.example.com',
      CLIENT_ID: 'articles',
      CLIENT_SECRET: 'Qm0vZ3kxT2p5c1JtV2J4a0xpN2RhUHdFZmdIdUtz',
    };
    expect(wanted(production)).toBe(false);
  });
});
