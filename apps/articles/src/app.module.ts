import { AccessModule, KeyReadiness, REVOCATIONS, type Revocations } from '@gatehouse/access';
import { DatabaseModule, Metrics, Readiness } from '@gatehouse/service-kit';
import { type DynamicModule, Inject, Module } from '@nestjs/common';
import type { ArticlesConfig } from './articles.config.js';
import { Article } from './articles/article.entity.js';
import { ArticlesModule } from './articles/articles.module.js';
import { CreateArticles1780000000000 } from './database/migrations/1780000000000-create-articles.migration.js';

/** All of articles. */
@Module({})
export class AppModule {
  constructor(readiness: Readiness, keys: KeyReadiness, @Inject(REVOCATIONS) revocations: Revocations) {
    readiness.register('keys', () => keys.ready());
    readiness.register('revocations', () => revocations.current);
  }

  static forRoot(config: ArticlesConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DatabaseModule.forRoot({
          url: config.databaseUrl,
          entities: [Article],
          migrations: [CreateArticles1780000000000],
        }),
        AccessModule.forRootAsync({
          inject: [Metrics],
          useFactory: (metrics: Metrics) => ({
            issuer: config.issuer,
            identityUrl: config.identityUrl,
            audience: config.audience,
            client: { id: config.clientId, secret: config.clientSecret },
            feedMaxStaleness: config.feedMaxStaleness,
            feedFile: config.feedFile,
            cookieDomain: config.cookieDomain,
            queryCredentials: !config.production,
            realm: 'articles',
            resource: config.publicUrl,
            scopesSupported: ['articles:read', 'articles:write'],
            metrics,
          }),
        }),
        ArticlesModule,
      ],
    };
  }
}
