import type { IdentityClientOptions } from '@gatehouse/identity-client';
import { currentSetting, forwardedHeaders, type Metrics } from '@gatehouse/service-kit';
import { Counter } from 'prom-client';
import type { ConsumerConfig } from './consumer.config.js';

/** Whom consumer calls, and as whom. */
export function identityClientOptions(config: ConsumerConfig, { registry }: Metrics): IdentityClientOptions {
  const answers = new Counter({
    name: 'upstream_cache_answers_total',
    help: 'Answers of other services that went through the cache, by upstream and by how they came about.',
    labelNames: ['upstream', 'outcome'],
    registers: [registry],
  });
  return {
    identityUrl: config.identityUrl,
    client: { id: config.clientId, secret: () => currentSetting(config, 'clientSecret') },
    redisUrl: config.redisUrl,
    upstreams: { articles: { url: config.articlesUrl, ...audienceOf(config) } },
    forward: forwardedHeaders,
    onCacheOutcome: (upstream, outcome) => answers.inc({ upstream, outcome }),
  };
}

/** Named only where it is another than this service's own. */
function audienceOf({ articlesAudience, audience }: ConsumerConfig): { audience?: string } {
  return articlesAudience === audience ? {} : { audience: articlesAudience };
}
