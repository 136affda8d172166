export type { Caller } from './caller.js';
export { IdentityClientModule, type IdentityClientAsyncOptions } from './identity-client.module.js';
export type { ClientCredentials, IdentityClientOptions } from './identity-client.options.js';
export { IdentityClient, type CallOptions } from './identity.client.js';
export { UpstreamAnswer } from './upstream.answer.js';
export { CallerRefused, UpstreamFailed, UpstreamTimedOut } from './upstream.errors.js';
