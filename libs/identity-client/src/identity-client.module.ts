import { HttpModule } from '@nestjs/axios';
import { type DynamicModule, type FactoryProvider, Module, type ModuleMetadata } from '@nestjs/common';
import {
  IDENTITY_CLIENT_OPTIONS,
  type IdentityClientOptions,
  type ResolvedOptions,
  resolveOptions,
} from './identity-client.options.js';
import { IdentityClient } from './identity.client.js';
import { AnswerCache } from './cache/answer.cache.js';
import { ANSWER_STORE, type AnswerStore } from './cache/answer.store.js';
import { MemoryStore } from './cache/memory.store.js';
import { ValkeyStore } from './cache/valkey.store.js';
import { CallCredentials } from './credentials/call.credentials.js';
import { ExchangedTokens } from './credentials/exchanged.tokens.js';
import { ServiceTokens } from './credentials/service.tokens.js';
import { TokenEndpoint } from './credentials/token.endpoint.js';
import { Upstreams } from './upstream/upstreams.js';
import { UpstreamTransport } from './upstream/upstream.transport.js';

/** How the options are made when they depend on something injected. */
export interface IdentityClientAsyncOptions extends Pick<ModuleMetadata, 'imports'> {
  /** Makes {@link IdentityClient} injectable everywhere, not only where this module is imported. */
  global?: boolean;
  inject?: FactoryProvider['inject'];
  useFactory: FactoryProvider<IdentityClientOptions | Promise<IdentityClientOptions>>['useFactory'];
}

/**
 * Imported where other services are called; gives {@link IdentityClient}.
 *
 * @example
 * const client = { id: 'consumer', secret: config.clientSecret };
 * const upstreams = { articles: 'http://localhost:3001' };
 * @Module({ imports: [IdentityClientModule.forRoot({ identityUrl: 'http://localhost:3000', client, upstreams })] })
 * class AppModule {}
 */
@Module({})
export class IdentityClientModule {
  /** @throws TypeError at start when an address is no http(s) base URL */
  static forRoot(options: IdentityClientOptions & { global?: boolean }): DynamicModule {
    return IdentityClientModule.forRootAsync({ global: options.global, useFactory: () => options });
  }

  static forRootAsync({
    imports = [],
    inject = [],
    global = false,
    useFactory,
  }: IdentityClientAsyncOptions): DynamicModule {
    return {
      module: IdentityClientModule,
      global,
      imports: [...imports, HttpModule.register({})],
      providers: [
        {
          provide: IDENTITY_CLIENT_OPTIONS,
          inject,
          useFactory: async (...injected: unknown[]) => resolveOptions(await useFactory(...injected)),
        },
        {
          provide: ANSWER_STORE,
          inject: [IDENTITY_CLIENT_OPTIONS],
          useFactory: ({
            redisUrl,
            client,
            cacheSize,
          }: ResolvedOptions): AnswerStore | Promise<AnswerStore> =>
            redisUrl === undefined ? new MemoryStore(cacheSize) : ValkeyStore.open(redisUrl, client.id),
        },
        UpstreamTransport,
        Upstreams,
        TokenEndpoint,
        ServiceTokens,
        ExchangedTokens,
        CallCredentials,
        AnswerCache,
        IdentityClient,
      ],
      exports: [IdentityClient],
    };
  }
}
