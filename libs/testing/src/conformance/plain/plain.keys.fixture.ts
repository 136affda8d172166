import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Flaw } from './flaws.fixture.js';
import { Refused } from './plain.verifier.fixture.js';

const COOLDOWN = 1_000;

type Jwk = Record<string, string>;

/** The issuer's keys, fetched when one is not known, at most once a second. */
export class PlainKeys {
  private keys = new Map<string, KeyObject>();
  private fetchedAt = 0;
  private failed = false;
  private fetching: Promise<void> | undefined;

  constructor(
    private readonly issuer: string,
    private readonly flaw: Flaw | undefined,
  ) {}

  async find(kid: string): Promise<KeyObject | undefined> {
    if (!this.keys.has(kid)) await this.refresh();
    const key = this.keys.get(kid);
    if (!key && this.failed && this.flaw !== '401 while keys cannot be fetched')
      throw new Refused(503, 'unavailable');
    return key;
  }

  /** The one thing that nobody should do. */
  async at(address: string, kid: string): Promise<KeyObject | undefined> {
    return (await this.fetched(address).catch(() => new Map<string, KeyObject>())).get(kid);
  }

  private async refresh(): Promise<void> {
    const flood = this.flaw === 'a fetch for each unknown kid';
    if (flood || (!this.fetching && Date.now() - this.fetchedAt > COOLDOWN)) this.fetching = this.fetch();
    await this.fetching;
  }

  private async fetch(): Promise<void> {
    this.fetchedAt = Date.now();
    try {
      this.keys = await this.fetched(`${this.issuer}/.well-known/jwks.json`);
      this.failed = false;
    } catch {
      this.failed = true;
    }
    this.fetching = undefined;
  }

  private async fetched(address: string): Promise<Map<string, KeyObject>> {
    const { keys } = (await (await fetch(address)).json()) as { keys: Jwk[] };
    return new Map(
      keys
        .filter((jwk) => this.isOurs(jwk))
        .map((jwk) => [jwk['kid']!, createPublicKey({ key: jwk, format: 'jwk' })]),
    );
  }

  private isOurs({ kty, crv, n = '', use, alg }: Jwk): boolean {
    const long = n.length >= 342 || this.flaw === 'short RSA keys'; // 2,048 bits in base64url
    return (
      use === 'sig' && ((crv === 'P-256' && alg === 'ES256') || (kty === 'RSA' && alg === 'RS256' && long))
    );
  }
}
