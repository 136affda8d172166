import { AccessModule } from '@gatehouse/access';
import { DatabaseModule, Metrics, Readiness } from '@gatehouse/service-kit';
import { type DynamicModule, Module } from '@nestjs/common';
import type { ArticlesConfig } from './articles.config.js';
import { Article } from './articles/article.entity.js';
import { ArticlesModule } from './articles/articles.module.js';
import { CreateArticles1780000000000 } from './database/migrations/1780000000000-create-articles.migration.js';

/** All of articles. */
@Module({})
export class AppModule {
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
          inject: [Metrics, Readiness],
          useFactory: (metrics: Metrics, readiness: Readiness) => ({
            ...config.access,
            realm: 'articles',
            queryCredentials: !config.production,
            scopesSupported: ['articles:read', 'articles:write'],
            metrics,
            readiness,
          }),
        }),
        ArticlesModule,
      ],
    };
  }
}
