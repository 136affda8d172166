import { createService, loadConfig } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { checkConformance, type ConformanceProfile, environmentOf } from '@gatehouse/testing';
import { expect, it } from 'vitest';
import { AppModule } from './app.module.js';
import { ArticlesConfig } from './articles.config.js';

const draft = { title: 'a title', body: 'a body' };
const PROFILE: ConformanceProfile = {
  read: { method: 'GET', path: '/articles', scope: 'articles:read', status: 200 },
  unsafe: [
    { method: 'POST', path: '/articles', scope: 'articles:write', status: 201, fields: draft },
    { method: 'PATCH', path: '/articles/9999', scope: 'articles:write', status: 404, fields: draft },
    { method: 'DELETE', path: '/articles/9999', scope: 'articles:write', status: 404 },
  ],
};

it('articles conforms', { timeout: 120_000 }, async () => {
  const database = await testDatabases()[0]!.create();
  const report = await checkConformance({
    profile: PROFILE,
    start: async (settings) => {
      const config = loadConfig(ArticlesConfig, {
        NODE_ENV: 'test',
        LOG_LEVEL: 'silent',
        DATABASE_URL: database.url,
        ...environmentOf(settings),
      });
      const app = await createService({
        name: 'articles',
        config,
        module: (each) => AppModule.forRoot(each),
      });
      await app.listen(0, '127.0.0.1');
      return { url: await app.getUrl(), close: () => app.close() };
    },
  });
  await database.drop();
  expect(report.failures).toEqual([]);
});
