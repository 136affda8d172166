import type { CacheOutcomeKind } from './cache/cache.status.js';
import { baseAddress } from './upstream/upstream.address.js';

/** The injection token of the options, defaults filled in. */
export const IDENTITY_CLIENT_OPTIONS = Symbol('IDENTITY_CLIENT_OPTIONS');

/** What a service needs to know to call others. */
export interface IdentityClientOptions {
  /** Where identity is reached, such as `http://localhost:3000`. */
  identityUrl: string;
  /** Who this service is. */
  client: ClientCredentials;
  /** The services that may be called, by the name used in the code: base URLs, or more. Nothing else is ever called. */
  upstreams?: Readonly<Record<string, string | UpstreamOptions>>;
  /** Headers of the request at hand that go along: request id, trace context, language. */
  forward?: () => Readonly<Record<string, string | undefined>>;
  /** Milliseconds a call may take from first to last, with its login and further tries; 1,300 by default. */
  deadline?: number;
  /** Milliseconds a login at identity may take; 1,000 by default. */
  loginDeadline?: number;
  /** Milliseconds a connection may take to come about; 500 by default. */
  connectDeadline?: number;
  /** Bytes an answer may have, unpacked; 5 MiB by default. */
  maxAnswerSize?: number;
  /** A Valkey or Redis that keeps answers for all replicas, such as `redis://localhost:6379`; else memory does. */
  redisUrl?: string | undefined;
  /** Bytes that the cache of answers may take in memory, about; 32 MiB by default. */
  cacheSize?: number;
  /** Told of every answer that went through the cache: which upstream's, and how it came about. */
  onCacheOutcome?: (upstream: string, outcome: CacheOutcomeKind) => void;
  /** Milliseconds that only ever go forward; for tests. */
  clock?: () => number;
}

/** What there is to know about a service that may be called. */
export interface UpstreamOptions {
  /** Its base URL, such as `http://localhost:3001`. */
  url: string;
  /** Whom tokens for it must be for, where it does not accept this service's own tokens: a caller's is exchanged. */
  audience?: string;
  /** It needs no credential, and is sent none: a public API of somebody else. */
  open?: boolean;
  /** Milliseconds a call of it may take, where it is known to be slower than others. */
  deadline?: number;
}

/** A client as identity registered it (RFC 6749 §2.3.1). */
export interface ClientCredentials {
  id: string;
  /** A function is asked at each login, so that a rotated secret is taken up without a restart. */
  secret: string | (() => string | Promise<string>);
}

/** {@link IdentityClientOptions} with every default filled in. */
export interface ResolvedOptions extends Required<Omit<IdentityClientOptions, 'upstreams' | 'redisUrl'>> {
  upstreams: ReadonlyMap<string, UpstreamOptions>;
  redisUrl?: string | undefined;
}

const DEFAULTS = {
  forward: () => ({}),
  deadline: 1_300,
  loginDeadline: 1_000,
  connectDeadline: 500,
  maxAnswerSize: 5 * 1024 * 1024,
  cacheSize: 32 * 1024 * 1024,
  onCacheOutcome: () => undefined,
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
    ...present(options),
    identityUrl: baseAddress(options.identityUrl),
    upstreams: new Map(upstreams.map(([name, upstream]) => [name, resolveUpstream(upstream)])),
  };
}

function present<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}

function resolveUpstream(upstream: string | UpstreamOptions): UpstreamOptions {
  const options = typeof upstream === 'string' ? { url: upstream } : upstream;
  return { ...options, url: baseAddress(options.url) };
}
