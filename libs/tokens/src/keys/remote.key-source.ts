import { KeysUnavailable } from './keys-unavailable.error.js';
import type { KeySource } from './key.source.js';
import { fetchJson } from './json.fetch.js';
import { keysOf } from './json-web-key.set.js';
import type { VerificationKey } from './verification.key.js';

/**
 * Where and how often a {@link RemoteKeySource} fetches.
 *
 * @example
 * const options: RemoteKeySourceOptions = { url: 'https://id.example.com/.well-known/jwks.json', timeout: 1_000 };
 */
export interface RemoteKeySourceOptions {
  /** The JWK set's address, such as `https://id.example.com/.well-known/jwks.json`. */
  url: string;
  /** Milliseconds between two fetches at least; 2 s by default. */
  cooldown?: number;
  /** Milliseconds a fetch may take; 1.5 s by default: callers wait for it, and are promised an answer within 2 s. */
  timeout?: number;
  /** A JWK set that was kept from before, to begin with while the issuer is away; one that cannot be read is none. */
  known?: unknown;
  /** Told of the JWK set whenever it has changed, to keep it; must not throw. */
  onChange?: (set: unknown) => void;
  /** Milliseconds since the epoch; for tests. */
  clock?: () => number;
}

/**
 * The keys an issuer publishes (RFC 7517), fetched when a token names one that is not known: by one request however
 * many ask, at most once per cooldown. Keys never expire by age: an issuer that is away ends no session. Whoever wants
 * to learn of retired keys calls {@link refresh} now and then.
 *
 * @example
 * const keys = new RemoteKeySource({ url: 'https://id.example.com/.well-known/jwks.json' });
 */
export class RemoteKeySource implements KeySource {
  private readonly url: string;
  private readonly cooldown: number;
  private readonly timeout: number;
  private readonly clock: () => number;
  private readonly onChange: (set: unknown) => void;
  private keys = new Map<string, VerificationKey>();
  private changes = 0;
  private startedAt = Number.NEGATIVE_INFINITY;
  private fetching: Promise<void> | undefined;
  private failure: KeysUnavailable | undefined;

  constructor(options: RemoteKeySourceOptions) {
    this.url = options.url;
    this.cooldown = options.cooldown ?? 2_000;
    this.timeout = options.timeout ?? 1_500;
    this.clock = options.clock ?? Date.now;
    this.onChange = options.onChange ?? (() => undefined);
    this.replace(keysKept(options.known));
  }

  get generation(): number {
    return this.changes;
  }

  holds(kid: string): boolean {
    return this.keys.has(kid);
  }

  async find(kid: string): Promise<VerificationKey | undefined> {
    const known = this.keys.get(kid);
    if (known) return known;
    await this.refresh();
    return this.keys.get(kid);
  }

  /**
   * Fetches the set, unless one was fetched within the cooldown.
   *
   * @throws KeysUnavailable when the latest fetch failed
   */
  async refresh(): Promise<void> {
    // A clock that was set back must not stop fetching until it has caught up.
    const sinceStart = Math.abs(this.clock() - this.startedAt);
    if (!this.fetching && sinceStart >= this.cooldown) this.fetching = this.fetch();
    await this.fetching;
    if (this.failure) throw this.failure;
  }

  private async fetch(): Promise<void> {
    this.startedAt = this.clock();
    try {
      const set = await fetchJson(this.url, this.timeout);
      if (this.replace(keysOf(set))) this.onChange(set);
      this.failure = undefined;
    } catch (cause) {
      this.failure = new KeysUnavailable({ retryAfter: Math.ceil(this.cooldown / 1_000), cause });
    } finally {
      this.fetching = undefined;
    }
  }

  /** @returns whether they are others than before */
  private replace(keys: Map<string, VerificationKey>): boolean {
    const before = this.keys;
    const same =
      before.size === keys.size &&
      [...keys.values()].every((key) => before.get(key.kid)?.key.equals(key.key) === true);
    if (same) return false;
    this.keys = keys;
    this.changes += 1;
    return true;
  }
}

function keysKept(set: unknown): Map<string, VerificationKey> {
  try {
    return keysOf(set);
  } catch {
    return new Map();
  }
}
