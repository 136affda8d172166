import { HttpModule } from '@nestjs/axios';
import { type DynamicModule, type FactoryProvider, Module, type ModuleMetadata } from '@nestjs/common';
import {
  IDENTITY_CLIENT_OPTIONS,
  type IdentityClientOptions,
  resolveOptions,
} from './identity-client.options.js';
import { IdentityClient } from './identity.client.js';
import { ServiceTokenSource } from './service-token.source.js';
import { TokenEndpoint } from './token.endpoint.js';
import { UpstreamTransport } from './upstream.transport.js';

/** How the options are made when they depend on something injected. */
export interface IdentityClientAsyncOptions extends Pick<ModuleMetadata, 'imports'> {
  /** Makes {@link IdentityClient} injectable everywhere, not only where this module is imported. */
  global?: boolean;
  inject?: FactoryProvider['inject'];
  useFactory: FactoryProvider<IdentityClientOptions | Promise<IdentityClientOptions>>['useFactory'];
}

/** Imported where other services are called; gives {@link IdentityClient}. */
@Module({})
export class IdentityClientModule {
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
        UpstreamTransport,
        TokenEndpoint,
        ServiceTokenSource,
        IdentityClient,
      ],
      exports: [IdentityClient],
    };
  }
}
