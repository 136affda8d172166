import type { FactoryProvider } from '@nestjs/common';
import { LazyModuleLoader } from '@nestjs/core';
import { IdentityClient, IdentityClientModule } from '@gatehouse/identity-client';
import { ACCESS_OPTIONS, type AccessOptions, identityAddress } from '../access.options.js';

/** The injection token of the client that this service is at identity; undefined for one that is none. */
export const IDENTITY = Symbol('IdentityClient');

/** Loaded by need: a service that asks identity nothing needs no client. */
export const identityClientProvider: FactoryProvider<IdentityClient | undefined> = {
  provide: IDENTITY,
  inject: [ACCESS_OPTIONS, LazyModuleLoader],
  useFactory: async (options: AccessOptions, loader: LazyModuleLoader) => {
    const { client } = options;
    if (!client) return undefined;
    const identityUrl = identityAddress(options);
    const module = await loader.load(() => IdentityClientModule.forRoot({ identityUrl, client }));
    return module.get(IdentityClient);
  },
};
