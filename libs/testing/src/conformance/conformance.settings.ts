import type { TestIdentity } from '../test.identity.js';

/**
 * What the service under test has to be told, so that it trusts the kit's issuer.
 *
 * @example
 * const environment = { ...process.env, ...environmentOf(settings) };
 */
export interface ConformanceSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly client: { readonly id: string; readonly secret: string };
  /** Seconds the feed may be silent before nobody passes any more. */
  readonly feedMaxStaleness: number;
}

/** Short, since the kit waits for it; long against what a busy machine leaves undone. Seconds. */
const MAX_STALENESS = 5;
/** How often the kit's feed says that it is there. Milliseconds. */
export const COMMENT_EVERY = 500;

/** Those that belong to an issuer of the kit, which takes any client. */
export function settingsFor({ issuer, audience }: TestIdentity): ConformanceSettings {
  const client = { id: 'consumer', secret: 'conformance-kit-and-nobody-else' };
  return { issuer, audience, client, feedMaxStaleness: MAX_STALENESS };
}

/**
 * The same as environment variables, by the names that services of Gatehouse know.
 *
 * @example
 * const config = loadConfig(OrdersConfig, { NODE_ENV: 'test', ...environmentOf(settings) });
 */
export function environmentOf(settings: ConformanceSettings): Record<string, string> {
  const { issuer, audience, client, feedMaxStaleness } = settings;
  return {
    ISSUER: issuer,
    IDENTITY_URL: issuer,
    AUDIENCE: audience,
    CLIENT_ID: client.id,
    CLIENT_SECRET: client.secret,
    FEED_MAX_STALENESS: `${feedMaxStaleness}s`,
  };
}
