import type { FactoryProvider } from '@nestjs/common';
import { type KeySource, RemoteKeySource } from '@gatehouse/tokens';
import { ACCESS_OPTIONS, type AccessOptions } from '../access.options.js';
import { KeyFile } from './key.file.js';

/** The injection token of the keys that tokens are verified with. */
export const KEYS = Symbol('KeySource');

/** Those at hand, or those that identity publishes; to begin with the latter as they were before a restart. */
export const keysProvider: FactoryProvider<KeySource> = {
  provide: KEYS,
  inject: [ACCESS_OPTIONS],
  useFactory: async (options: AccessOptions): Promise<KeySource> => {
    const { keys, issuer, identityUrl = issuer, clock } = options;
    if (keys) return keys;
    const file = keyFileOf(options);
    return new RemoteKeySource({
      url: `${identityUrl.replace(/\/$/, '')}/.well-known/jwks.json`,
      known: await file?.load(),
      onChange: (set) => void file?.save(set),
      ...(clock && { clock }),
    });
  },
};

function keyFileOf({ feedFile, client, issuer }: AccessOptions): KeyFile | undefined {
  return feedFile && client
    ? new KeyFile({ path: `${feedFile}.keys`, secret: client.secret, issuer })
    : undefined;
}
