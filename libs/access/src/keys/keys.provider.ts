import type { FactoryProvider } from '@nestjs/common';
import { type KeySource, RemoteKeySource } from '@gatehouse/tokens';
import { ACCESS_OPTIONS, type AccessOptions, identityAddress } from '../access.options.js';
import { KeyFile } from './key.file.js';

/** The injection token of the keys that tokens are verified with. */
export const KEYS = Symbol('KeySource');

/** A provider of its own, so that it is waited for when the service stops. */
export const keyFileProvider: FactoryProvider<KeyFile | undefined> = {
  provide: KeyFile,
  inject: [ACCESS_OPTIONS],
  useFactory: ({ feedFile, client, issuer }: AccessOptions) =>
    feedFile && client ? new KeyFile({ path: `${feedFile}.keys`, secret: client.secret, issuer }) : undefined,
};

/** Those at hand, or those that identity publishes; to begin with the latter as they were before a restart. */
export const keysProvider: FactoryProvider<KeySource> = {
  provide: KEYS,
  inject: [ACCESS_OPTIONS, KeyFile],
  useFactory: async (options: AccessOptions, file: KeyFile | undefined): Promise<KeySource> => {
    const { keys, clock } = options;
    if (keys) return keys;
    return new RemoteKeySource({
      url: `${identityAddress(options)}/.well-known/jwks.json`,
      known: await file?.load(),
      onChange: (set) => void file?.save(set),
      ...(clock && { clock }),
    });
  },
};
