import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { ACCESS_OPTIONS, type AccessOptions, checkedOptions } from '../access.options.js';
import { ApiKeyTokens } from '../api-keys/api-key.tokens.js';
import { RequestCredentials } from '../carriers/request.credentials.js';
import { AccessErrorFilter } from '../errors/access-error.filter.js';
import { AccessMisconfigured } from '../errors/access-misconfigured.error.js';
import { AccessRules } from '../guard/access.rules.js';
import { Refusals } from '../guard/refusals.js';
import { ProtectedResourceController } from '../metadata/protected-resource.controller.js';
import { RemoteIdentityGuard } from './remote-identity.guard.js';
import type { RemoteIdentityOptions } from './remote-identity.options.js';
import { RemoteIdentity } from './remote.identity.js';
import { RequestsAlone } from './requests.alone.js';

/**
 * Guards every route of the application that installs it, in place of `AccessModule`, by asking identity about each
 * request: default deny, `@Public()` opens. The decorators are the same.
 *
 * @example
 * @Module({ imports: [RemoteIdentityModule.forRoot({ issuer: 'https://id.example.com', audience: 'gatehouse' })] })
 * class AppModule {}
 */
@Module({})
export class RemoteIdentityModule {
  /** @throws AccessMisconfigured when the options cannot work, each mistake with its remedy */
  static forRoot({ timeout, ...options }: RemoteIdentityOptions): DynamicModule {
    if (timeout !== undefined && !(timeout > 0)) {
      throw new AccessMisconfigured(['timeout: give a number of milliseconds, or leave it out']);
    }
    // Revocations reach identity by themselves: whom it names has not been revoked.
    const access: AccessOptions = checkedOptions({ ...options, revocation: 'off' });
    return {
      module: RemoteIdentityModule,
      global: true,
      controllers: [ProtectedResourceController],
      providers: [
        { provide: ACCESS_OPTIONS, useValue: access },
        { provide: RemoteIdentity, useFactory: () => new RemoteIdentity({ ...options, timeout }) },
        // Identity names nobody for a key, so every key is a bad one here.
        { provide: ApiKeyTokens, useFactory: () => new ApiKeyTokens(async () => undefined) },
        RequestsAlone,
        AccessRules,
        Refusals,
        RequestCredentials,
        RemoteIdentityGuard,
        { provide: APP_GUARD, useExisting: RemoteIdentityGuard },
        { provide: APP_FILTER, useClass: AccessErrorFilter },
      ],
      exports: [RemoteIdentityGuard, AccessRules, RequestCredentials, Refusals, RemoteIdentity],
    };
  }
}
