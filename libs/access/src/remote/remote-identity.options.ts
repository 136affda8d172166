import type { AccessOptions } from '../access.options.js';

/**
 * What a service says that asks identity about every request.
 *
 * @example
 * RemoteIdentityModule.forRoot({ issuer: 'https://id.example.com', audience: 'gatehouse' });
 */
export interface RemoteIdentityOptions extends Pick<
  AccessOptions,
  'issuer' | 'audience' | 'identityUrl' | 'cookieDomain' | 'realm' | 'resource' | 'scopesSupported' | 'clock'
> {
  /** Milliseconds that identity may take to answer; 1,000 by default. */
  timeout?: number | undefined;
}
