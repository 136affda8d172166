import type { FactoryProvider } from '@nestjs/common';
import type { IdentityClient } from '@gatehouse/identity-client';
import { ACCESS_OPTIONS, type AccessOptions, identityAddress } from '../access.options.js';
import { IDENTITY } from '../identity/identity-client.provider.js';
import { FeedReceiver } from './feed.receiver.js';
import { HttpFeed } from './http.feed.js';
import { InMemoryRevocations } from './in-memory.revocations.js';
import { REVOCATIONS, type Revocations } from './revocations.js';
import { SnapshotFile } from './snapshot.file.js';

/** Seconds. */
const MAX_STALENESS = 1_800;

/** What the options say: those at hand, none at all, or those of the feed. */
export const revocationsProvider: FactoryProvider<Revocations> = {
  provide: REVOCATIONS,
  inject: [ACCESS_OPTIONS, IDENTITY],
  useFactory: (options: AccessOptions, identity: IdentityClient | undefined): Revocations => {
    if (options.revocations) return options.revocations;
    if (options.revocation === 'off' || !options.client || !identity) return new InMemoryRevocations();
    const { client, issuer, feedFile, feedMaxStaleness, clock } = options;
    const bearer = options.serviceToken ?? ((refused?: string) => identity.serviceToken(refused));
    return new FeedReceiver({
      feed: new HttpFeed(identityAddress(options), bearer),
      maxStaleness: feedMaxStaleness ?? MAX_STALENESS,
      file: feedFile ? new SnapshotFile({ path: feedFile, secret: client.secret, issuer }) : undefined,
      clock,
    });
  },
};
