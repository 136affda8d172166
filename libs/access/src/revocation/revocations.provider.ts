import type { FactoryProvider } from '@nestjs/common';
import { LazyModuleLoader } from '@nestjs/core';
import { IdentityClient, IdentityClientModule } from '@gatehouse/identity-client';
import { ACCESS_OPTIONS, type AccessOptions } from '../access.options.js';
import { FeedReceiver } from './feed.receiver.js';
import { type BearerSource, HttpFeed } from './http.feed.js';
import { InMemoryRevocations } from './in-memory.revocations.js';
import { REVOCATIONS, type Revocations } from './revocations.js';
import { SnapshotFile } from './snapshot.file.js';

const SKEW = 60;
const MAX_STALENESS = 1_800;

/** What the options say: those at hand, none at all, or those of the feed. */
export const revocationsProvider: FactoryProvider<Revocations> = {
  provide: REVOCATIONS,
  inject: [ACCESS_OPTIONS, LazyModuleLoader],
  useFactory: async (options: AccessOptions, loader: LazyModuleLoader): Promise<Revocations> => {
    if (options.revocations) return options.revocations;
    if (options.revocation === 'off' || !options.client) return new InMemoryRevocations({ skew: SKEW });
    const { client, issuer, identityUrl = issuer, feedFile, feedMaxStaleness, clock } = options;
    const bearer = options.serviceToken ?? (await bearerOf(loader, identityUrl, client));
    return new FeedReceiver({
      feed: new HttpFeed(identityUrl.replace(/\/$/, ''), bearer),
      maxStaleness: feedMaxStaleness ?? MAX_STALENESS,
      skew: SKEW,
      file: feedFile ? new SnapshotFile({ path: feedFile, secret: client.secret, issuer }) : undefined,
      clock,
    });
  },
};

/** The service's own tokens. Loaded by need: who does not follow the feed needs no client. */
async function bearerOf(
  loader: LazyModuleLoader,
  identityUrl: string,
  client: { id: string; secret: string },
): Promise<BearerSource> {
  const module = await loader.load(() => IdentityClientModule.forRoot({ identityUrl, client }));
  const identity = module.get(IdentityClient);
  return (refused) => identity.serviceToken(refused);
}
