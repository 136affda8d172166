import {
  type DynamicModule,
  type FactoryProvider,
  Module,
  type ModuleMetadata,
  type Provider,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import type { IdentityClient } from '@gatehouse/identity-client';
import type { KeySource } from '@gatehouse/tokens';
import { ACCESS_OPTIONS, type AccessOptions, checkedOptions } from './access.options.js';
import { ApiKeyTokens } from './api-keys/api-key.tokens.js';
import { RequestCredentials } from './carriers/request.credentials.js';
import { AccessErrorFilter } from './errors/access-error.filter.js';
import { EventStreamEnd } from './event-streams/event-stream.end.js';
import { EventStreams } from './event-streams/event-streams.js';
import { AccessRules } from './guard/access.rules.js';
import { Authority } from './guard/authority.js';
import { JwtAuthGuard } from './guard/jwt-auth.guard.js';
import { JwtStrategy } from './guard/jwt.strategy.js';
import { Refusals } from './guard/refusals.js';
import { IDENTITY, identityClientProvider } from './identity/identity-client.provider.js';
import { KeyReadiness } from './keys/key.readiness.js';
import { keyFileProvider, KEYS, keysProvider } from './keys/keys.provider.js';
import { GuardedHandlers } from './messages/guarded.handlers.js';
import { MessageGuard } from './messages/message.guard.js';
import { AccessMetrics } from './metrics/access.metrics.js';
import { ProtectedResourceController } from './metadata/protected-resource.controller.js';
import { AccessReadiness } from './readiness/access.readiness.js';
import { revocationsProvider } from './revocation/revocations.provider.js';
import { REVOCATIONS, type Revocations } from './revocation/revocations.js';
import { Gateways } from './websockets/gateways.js';
import { HandshakeGuard } from './websockets/handshake.guard.js';
import { OpenSockets } from './websockets/open.sockets.js';
import { UpgradeGate } from './websockets/upgrade.gate.js';

/**
 * Options that only other providers know.
 *
 * @example
 * const options: AccessAsyncOptions<[ArticlesConfig]> = {
 *   inject: [ArticlesConfig],
 *   useFactory: ({ issuer, audience, client }) => ({ issuer, audience, client }),
 * };
 */
export interface AccessAsyncOptions<Args extends unknown[]> extends Pick<ModuleMetadata, 'imports'> {
  inject?: FactoryProvider['inject'];
  useFactory: (...args: Args) => AccessOptions | Promise<AccessOptions>;
}

const PROVIDERS: Provider[] = [
  keyFileProvider,
  keysProvider,
  identityClientProvider,
  revocationsProvider,
  {
    provide: ApiKeyTokens,
    inject: [ACCESS_OPTIONS, IDENTITY],
    useFactory: ({ exchangeApiKey, clock }: AccessOptions, identity: IdentityClient | undefined) =>
      new ApiKeyTokens(exchangeApiKey ?? (async (key) => identity?.exchangeApiKey(key)), clock),
  },
  {
    provide: Authority,
    inject: [ACCESS_OPTIONS, KEYS, REVOCATIONS],
    useFactory: ({ issuer, audience, clock }: AccessOptions, keys: KeySource, revocations: Revocations) =>
      new Authority({ issuer, audience, keys, revocations, clock }),
  },
  KeyReadiness,
  AccessRules,
  AccessMetrics,
  AccessReadiness,
  Refusals,
  RequestCredentials,
  OpenSockets,
  Gateways,
  HandshakeGuard,
  UpgradeGate,
  MessageGuard,
  JwtStrategy,
  JwtAuthGuard,
  GuardedHandlers,
  EventStreamEnd,
  EventStreams,
  { provide: APP_GUARD, useExisting: JwtAuthGuard },
  { provide: APP_FILTER, useClass: AccessErrorFilter },
];

/**
 * Guards every route of the application that installs it: default deny, `@Public()` opens.
 *
 * @example
 * const client = { id: 'articles', secret: config.clientSecret };
 * @Module({ imports: [AccessModule.forRoot({ issuer: 'https://id.example.com', audience: 'gatehouse', client })] })
 * class AppModule {}
 */
@Module({})
export class AccessModule {
  /** @throws AccessMisconfigured when the options cannot work, each mistake with its remedy */
  static forRoot(options: AccessOptions): DynamicModule {
    return accessModule({ provide: ACCESS_OPTIONS, useValue: checkedOptions(options) });
  }

  /**
   * @example
   * AccessModule.forRootAsync({ inject: [ArticlesConfig], useFactory: (config: ArticlesConfig) => ({ … }) })
   */
  static forRootAsync<Args extends unknown[]>({
    imports = [],
    inject = [],
    useFactory,
  }: AccessAsyncOptions<Args>): DynamicModule {
    const provider: FactoryProvider<AccessOptions> = {
      provide: ACCESS_OPTIONS,
      inject,
      useFactory: async (...args: unknown[]) => checkedOptions(await useFactory(...(args as Args))),
    };
    return accessModule(provider, imports);
  }
}

function accessModule(options: Provider, imports: ModuleMetadata['imports'] = []): DynamicModule {
  return {
    module: AccessModule,
    global: true,
    imports,
    controllers: [ProtectedResourceController],
    providers: [options, ...PROVIDERS],
    // Beside the guard what it is made of: Nest makes a guard anew for each module that names it in @UseGuards.
    exports: [JwtAuthGuard, AccessRules, RequestCredentials, Authority, Refusals, MessageGuard, REVOCATIONS],
  };
}
