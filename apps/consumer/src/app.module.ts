import { AccessModule, KeyReadiness } from '@gatehouse/access';
import { IdentityClientModule } from '@gatehouse/identity-client';
import { forwardedHeaders, Readiness } from '@gatehouse/service-kit';
import { type DynamicModule, Module } from '@nestjs/common';
import { ArticlesController } from './articles/articles.controller.js';
import { ArticlesService } from './articles/articles.service.js';
import type { ConsumerConfig } from './consumer.config.js';

/** All of consumer. */
@Module({})
export class AppModule {
  constructor(readiness: Readiness, keys: KeyReadiness) {
    readiness.register('keys', () => keys.ready());
  }

  static forRoot(config: ConsumerConfig): DynamicModule {
    const client = { id: config.clientId, secret: config.clientSecret };
    return {
      module: AppModule,
      imports: [
        AccessModule.forRoot({
          issuer: config.issuer,
          identityUrl: config.identityUrl,
          audience: config.audience,
          client,
          realm: 'consumer',
          resource: config.publicUrl,
          scopesSupported: ['articles:read'],
        }),
        IdentityClientModule.forRoot({
          identityUrl: config.identityUrl,
          client,
          upstreams: { articles: config.articlesUrl },
          forward: forwardedHeaders,
        }),
      ],
      controllers: [ArticlesController],
      providers: [ArticlesService],
    };
  }
}
