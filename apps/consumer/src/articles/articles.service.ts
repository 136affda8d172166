import type { Principal } from '@gatehouse/access';
import type { ArticleDto, ArticlePageQuery } from '@gatehouse/contracts';
import { type CacheTimes, IdentityClient, type UpstreamAnswer } from '@gatehouse/identity-client';
import { Injectable } from '@nestjs/common';
import { ConsumerConfig } from '../consumer.config.js';

/** Articles, as the service that owns them tells of them. */
@Injectable()
export class ArticlesService {
  private readonly cache: CacheTimes;

  constructor(
    private readonly identity: IdentityClient,
    { cacheFresh, cacheStaleIfError }: ConsumerConfig,
  ) {
    this.cache = { fresh: cacheFresh, staleIfError: cacheStaleIfError };
  }

  /** Asks on behalf of the caller, or as this service where nobody in particular is asking. */
  list(query: ArticlePageQuery, caller: Principal | undefined): Promise<UpstreamAnswer<ArticleDto[]>> {
    return this.identity.get<ArticleDto[]>('articles', '/articles', { query, caller, cache: this.cache });
  }
}
