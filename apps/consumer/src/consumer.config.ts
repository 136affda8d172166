import { Duration, GuardedServiceConfig, HttpUrl, RedisUrl, Setting } from '@gatehouse/service-kit';
import { IsNotEmpty, IsString } from 'class-validator';

/** What consumer is configured by. */
export class ConsumerConfig extends GuardedServiceConfig {
  @Setting({ name: 'PORT', describe: 'Port to listen on; 0 takes a free one.', default: '4000' })
  declare port: number;

  @Setting({
    name: 'PUBLIC_URL',
    describe: 'Where callers reach this service. A name, never derived from a request.',
    developmentDefault: 'http://localhost:4000',
  })
  declare publicUrl: string;

  @Setting({
    name: 'ARTICLES_URL',
    describe: 'Where this service reaches articles.',
    developmentDefault: 'http://localhost:3001',
  })
  @HttpUrl()
  articlesUrl!: string;

  @Setting({
    name: 'ARTICLES_AUDIENCE',
    describe:
      "Whom tokens for articles must be for. Where that is not AUDIENCE, callers' tokens are exchanged.",
    sameAs: 'AUDIENCE',
  })
  @IsString()
  @IsNotEmpty()
  articlesAudience!: string;

  /** Seconds. */
  @Setting({
    name: 'CACHE_FRESH',
    describe: 'How long an answer of articles is given again, to the same caller, without asking.',
    default: '5s',
  })
  @Duration('seconds', { max: '1h' })
  cacheFresh!: number;

  /** Seconds. */
  @Setting({
    name: 'CACHE_STALE_IF_ERROR',
    describe: 'How long after that it stands in where articles fails.',
    default: '1m',
  })
  @Duration('seconds', { max: '1d' })
  cacheStaleIfError!: number;

  @RedisUrl()
  redisUrl?: string;
}
