import { baseAddress } from './upstream.address.js';

/** The injection token of the options, defaults filled in. */
export const IDENTITY_CLIENT_OPTIONS = Symbol('IDENTITY_CLIENT_OPTIONS');

/** What a service needs to know to call others. */
export interface IdentityClientOptions {
  /** Where identity is reached, such as `http://localhost:3000`. */
  identityUrl: string;
  /** Who this service is. */
  client: ClientCredentials;
  /** The services that may be called: their base URLs by the name used in the code. Nothing else is ever called. */
  upstreams?: Readonly<Record<string, string>>;
  /** Headers of the request at hand that go along: request id, trace context, language. */
  forward?: () => Readonly<Record<string, string | undefined>>;
  /** Milliseconds a call may take from first to last, with its login and its second try; 1,500 by default. */
  deadline?: number;
  /** Milliseconds a login at identity may take; 1,000 by default. */
  loginDeadline?: number;
  /** Bytes an answer may have, unpacked; 5 MiB by default. */
  maxAnswerSize?: number;
  /** Milliseconds that only ever go forward; for tests. */
  clock?: () => number;
}

/** A client as identity registered it (RFC 6749 §2.3.1). */
export interface ClientCredentials {
  id: string;
  /** A function is asked at each login, so that a rotated secret is taken up without a restart. */
  secret: string | (() => string | Promise<string>);
}

/** {@link IdentityClientOptions} with every default filled in. */
export interface ResolvedOptions extends Required<Omit<IdentityClientOptions, 'upstreams'>> {
  upstreams: ReadonlyMap<string, string>;
}

const DEFAULTS = {
  forward: () => ({}),
  deadline: 1_500,
  loginDeadline: 1_000,
  maxAnswerSize: 5 * 1024 * 1024,
  clock: () => performance.now(), // what a token lives is told in seconds from now: no wall clock, no jumps
} satisfies Partial<IdentityClientOptions>;

/**
 * Fills in the defaults and looks the addresses over.
 *
 * @throws TypeError when an address is no http(s) base URL
 */
export function resolveOptions(options: IdentityClientOptions): ResolvedOptions {
  const upstreams = Object.entries(options.upstreams ?? {});
  return {
    ...DEFAULTS,
    ...options,
    identityUrl: baseAddress(options.identityUrl),
    upstreams: new Map(upstreams.map(([name, url]) => [name, baseAddress(url)])),
  };
}
