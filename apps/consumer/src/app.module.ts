import { AccessModule, KeyReadiness, REVOCATIONS, type Revocations } from '@gatehouse/access';
import { IdentityClient, IdentityClientModule } from '@gatehouse/identity-client';
import { Metrics, Readiness } from '@gatehouse/service-kit';
import { type DynamicModule, Inject, Module } from '@nestjs/common';
import { accessOptions, identityClientOptions } from './app.options.js';
import { ArticlesController } from './articles/articles.controller.js';
import { ArticlesService } from './articles/articles.service.js';
import { ConsumerConfig } from './consumer.config.js';

/** All of consumer. */
@Module({})
export class AppModule {
  constructor(
    readiness: Readiness,
    keys: KeyReadiness,
    identity: IdentityClient,
    @Inject(REVOCATIONS) revocations: Revocations,
  ) {
    readiness.register('keys', () => keys.ready());
    readiness.register('revocations', () => revocations.current);
    revocations.subscribe((revocation) => void identity.purge(revocation));
  }

  static forRoot(): DynamicModule {
    return {
      module: AppModule,
      imports: [
        IdentityClientModule.forRootAsync({
          global: true,
          inject: [ConsumerConfig, Metrics],
          useFactory: identityClientOptions,
        }),
        AccessModule.forRootAsync({
          inject: [ConsumerConfig, IdentityClient, Metrics],
          useFactory: accessOptions,
        }),
      ],
      controllers: [ArticlesController],
      providers: [ArticlesService],
    };
  }
}
