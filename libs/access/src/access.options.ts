import type { KeySource } from '@gatehouse/tokens';
import type { ApiKeyExchange } from './api-keys/api-key.tokens.js';
import { AccessMisconfigured } from './errors/access-misconfigured.error.js';
import type { MeasureRegistry } from './metrics/measure.registry.js';
import { OPTION_RULES } from './option.rules.js';
import type { ReadinessRegistry } from './readiness/readiness.registry.js';
import type { Revocations } from './revocation/revocations.js';

/**
 * What a guarded service says about itself and about who signs its callers' tokens.
 *
 * @example
 * AccessModule.forRoot({
 *   issuer: 'https://id.example.com',
 *   audience: 'gatehouse',
 *   resource: 'https://articles.example.com',
 *   client: { id: 'articles', secret: config.clientSecret },
 * });
 */
export interface AccessOptions {
  /** The exact `iss` of acceptable tokens: identity's public URL. */
  issuer: string;
  /** What `aud` must contain. */
  audience: string;
  /** Where this service reaches identity; the issuer by default. */
  identityUrl?: string | undefined;
  /** This service's own client at identity, to follow the revocation feed with. */
  client?: { id: string; secret: string } | undefined;
  /** This service's own tokens, where it has an `IdentityClient` anyway: the feed then needs no login of its own. */
  serviceToken?: ((refused?: string) => Promise<string>) | undefined;
  /** `'off'`: says aloud that revoked tokens stay good here until they expire. */
  revocation?: 'off' | undefined;
  /** Where revocations are known from instead of the feed: identity itself has them at hand. */
  revocations?: Revocations | undefined;
  /** Seconds the feed may be silent before every request is answered with 503; half an hour by default. */
  feedMaxStaleness?: number | undefined;
  /**
   * A file that keeps what the feed said, and `<file>.keys` beside it the keys, so that this service may be restarted
   * while identity is away. Of this process alone.
   */
  feedFile?: string | undefined;
  /** How API keys are exchanged instead of by `client`: identity itself has them at hand. */
  exchangeApiKey?: ApiKeyExchange | undefined;
  /** Whether `?token=` and `?apikey=` serve where `@RequireApiKey()` asks for both; never in production. */
  queryCredentials?: boolean | undefined;
  /** Identity's `COOKIE_DOMAIN`, where browser sessions are shared by subdomains. */
  cookieDomain?: string | undefined;
  /** Origins of pages that may open WebSockets with a session cookie, beside this service's own. */
  allowedOrigins?: readonly string[] | undefined;
  /** What the challenge calls this service; the audience by default. */
  realm?: string | undefined;
  /** This service's public URL, which its RFC 9728 metadata is about; the request's own origin by default. */
  resource?: string | undefined;
  /** The scopes that the metadata lists. */
  scopesSupported?: readonly string[] | undefined;
  /** Where keys come from instead of `identityUrl`: identity itself has them at hand. */
  keys?: KeySource | undefined;
  /** Where to tell what the guard decides, and how well it knows what was revoked. */
  metrics?: MeasureRegistry | undefined;
  /** Where to tell whether callers can be judged: that keys are known as `keys`, revocations as `revocations`. */
  readiness?: ReadinessRegistry | undefined;
  /** Milliseconds since the epoch; for tests. */
  clock?: (() => number) | undefined;
}

/** Where identity is reached: what its paths are put behind. */
export function identityAddress({
  issuer,
  identityUrl = issuer,
}: Pick<AccessOptions, 'issuer' | 'identityUrl'>): string {
  return identityUrl.replace(/\/$/, '');
}

/** The injection token of the checked options. */
export const ACCESS_OPTIONS = Symbol('AccessOptions');

/**
 * The options, once they make sense.
 *
 * @throws AccessMisconfigured naming every mistake with its remedy, and no secret
 */
export function checkedOptions(options: AccessOptions): AccessOptions {
  const mistakes = OPTION_RULES.filter(({ holds }) => !holds(options)).map(({ remedy }) => remedy);
  if (mistakes.length > 0) throw new AccessMisconfigured(mistakes);
  return options;
}
