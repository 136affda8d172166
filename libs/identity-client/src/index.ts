export type { Ended } from './cache/answer.store.js';
export type { CacheOutcomeKind } from './cache/cache.status.js';
export type { CacheTimes } from './cache/cache.times.js';
export type { Caller } from './caller.js';
export { type IdentityClientAsyncOptions, IdentityClientModule } from './identity-client.module.js';
export type { ClientCredentials, IdentityClientOptions, UpstreamOptions } from './identity-client.options.js';
export { type CallOptions, type GetOptions, IdentityClient } from './identity.client.js';
export { UpstreamAnswer } from './upstream/upstream.answer.js';
export { CallerRefused, UpstreamFailed, UpstreamTimedOut } from './upstream/upstream.errors.js';
