import { createService, loadConfig } from '@gatehouse/service-kit';
import {
  checkConformance,
  type ConformanceProfile,
  environmentOf,
  json,
  TestServer,
} from '@gatehouse/testing';
import { expect, it } from 'vitest';
import { AppModule } from './app.module.js';
import { ConsumerConfig } from './consumer.config.js';
import { ARTICLES } from './testing/consumer.test-app.js';

const PROFILE: ConformanceProfile = {
  read: { method: 'GET', path: '/articles', scope: '', status: 200 },
  // It changes nothing, answers who carries nothing as itself, and leaves scopes to whom it passes the token on.
  without: ['unsafe-methods', 'credential', 'scope'],
};

it('consumer conforms', { timeout: 120_000 }, async () => {
  const articles = await TestServer.start(json(ARTICLES));
  const report = await checkConformance({
    profile: PROFILE,
    start: async (settings) => {
      const config = loadConfig(ConsumerConfig, {
        NODE_ENV: 'test',
        LOG_LEVEL: 'silent',
        ARTICLES_URL: articles.url,
        ...environmentOf(settings),
      });
      const app = await createService({
        name: 'consumer',
        config,
        module: (each) => AppModule.forRoot(each),
      });
      await app.listen(0, '127.0.0.1');
      return { url: await app.getUrl(), close: () => app.close() };
    },
  });
  await articles.close();
  expect(report.failures).toEqual([]);
});
