import { AccessModule, REVOCATIONS, type Revocations } from '@gatehouse/access';
import { IdentityClient, IdentityClientModule } from '@gatehouse/identity-client';
import { Metrics, Readiness } from '@gatehouse/service-kit';
import { type DynamicModule, Inject, Module } from '@nestjs/common';
import { ArticlesController } from './articles/articles.controller.js';
import { ArticlesService } from './articles/articles.service.js';
import type { ConsumerConfig } from './consumer.config.js';
import { identityClientOptions } from './identity-client.options.js';

/** All of consumer. */
@Module({})
export class AppModule {
  constructor(identity: IdentityClient, @Inject(REVOCATIONS) revocations: Revocations) {
    revocations.subscribe((revocation) => void identity.purge(revocation));
  }

  static forRoot(config: ConsumerConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        IdentityClientModule.forRootAsync({
          global: true,
          inject: [Metrics],
          useFactory: (metrics: Metrics) => identityClientOptions(config, metrics),
        }),
        AccessModule.forRootAsync({
          inject: [IdentityClient, Metrics, Readiness],
          useFactory: (identity: IdentityClient, metrics: Metrics, readiness: Readiness) => ({
            ...config.access,
            serviceToken: (refused?: string) => identity.serviceToken(refused),
            realm: 'consumer',
            scopesSupported: ['articles:read'],
            metrics,
            readiness,
          }),
        }),
      ],
      controllers: [ArticlesController],
      providers: [ArticlesService],
    };
  }
}
