import type { KeySource } from '@gatehouse/tokens';
import type { ApiKeyExchange } from './api-keys/api-key.tokens.js';
import { AccessMisconfigured } from './errors/access-misconfigured.error.js';
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
  /** Milliseconds since the epoch; for tests. */
  clock?: (() => number) | undefined;
}

/** The injection token of the checked options. */
export const ACCESS_OPTIONS = Symbol('AccessOptions');

/**
 * The options, once they make sense.
 *
 * @throws AccessMisconfigured naming every mistake with its remedy, and no secret
 */
export function checkedOptions(options: AccessOptions): AccessOptions {
  const mistakes = [
    !isHttpUrl(options.issuer) &&
      'issuer: give the exact public URL of identity, such as https://id.example.com',
    !isName(options.audience) &&
      'audience: give the name that tokens for this service carry in aud, such as gatehouse',
    options.identityUrl !== undefined &&
      !isHttpUrl(options.identityUrl) &&
      'identityUrl: give the http(s) URL at which this service reaches identity, or leave it out',
    options.resource !== undefined &&
      !isHttpUrl(options.resource) &&
      'resource: give the public http(s) URL of this service, or leave it out',
    options.allowedOrigins?.some((origin) => !isOrigin(origin)) &&
      'allowedOrigins: give origins such as https://app.example.com, without a path',
    options.realm !== undefined && !isName(options.realm) && 'realm: give printable ASCII, or leave it out',
    options.client &&
      !(isName(options.client.id) && isName(options.client.secret)) &&
      'client: give both id and secret of the client this service is at identity',
    options.revocation !== undefined &&
      options.revocation !== 'off' &&
      "revocation: the one thing to say here is 'off'; leave it out to have revoked tokens refused",
    !(options.client ?? options.revocation ?? options.revocations) &&
      "client: give id and secret of the client this service is at identity, or say revocation: 'off'",
    options.feedMaxStaleness !== undefined &&
      !(options.feedMaxStaleness > 0) &&
      'feedMaxStaleness: give a number of seconds, or leave it out',
    options.feedFile !== undefined &&
      !(options.feedFile && options.client) &&
      'feedFile: give the path of a file, with a client whose secret authenticates it, or leave it out',
  ].filter((mistake) => typeof mistake === 'string');
  if (mistakes.length > 0) throw new AccessMisconfigured(mistakes);
  return options;
}

function isHttpUrl(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, search, hash } = new URL(value);
  return /^https?:$/.test(protocol) && search === '' && hash === ''; // RFC 8414 §2, RFC 9728 §1.2
}

function isOrigin(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value) && new URL(value).origin === value;
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && /^[\x20-\x7e]+$/.test(value);
}
