import { InvalidToken, type KeySource, type VerificationKey } from '@gatehouse/tokens';
import { Injectable, Logger } from '@nestjs/common';
import type { RingKey } from './ring.key.js';
import { SigningKeysRepository } from './signing-keys.repository.js';

const READ_AGAIN_AFTER = 1_000;

/**
 * The signing keys in memory, read again every few seconds, since another replica may have rotated them. When the
 * database is away the known ones go on: neither signing nor publishing depends on it.
 */
@Injectable()
export class KeyRing implements KeySource {
  private readonly logger = new Logger(KeyRing.name);
  /** In order of generation. */
  private keys: ReadonlyMap<string, RingKey> = new Map();
  private changes = 0;
  private readAt = Number.NEGATIVE_INFINITY;
  private turns = 0;
  private readTurn = 0;
  private reading: Promise<void> | undefined;

  constructor(private readonly repository: SigningKeysRepository) {}

  get generation(): number {
    return this.changes;
  }

  /** The key to sign with at that time: of those chosen to sign, the latest. */
  current(now = Date.now()): RingKey {
    const chosen = [...this.keys.values()].filter((key) => key.activatesAt < Infinity);
    const active = chosen.filter((key) => key.activatesAt <= now);
    // The clock of the replica that chose the only one may be ahead of ours.
    const signer = active.at(-1) ?? chosen[0];
    if (!signer) throw new Error('There is no signing key.');
    return signer;
  }

  /** The key that was chosen last, be it to sign from a later time on. */
  get latest(): RingKey {
    return this.current(Number.MAX_SAFE_INTEGER);
  }

  /** A key that is still published; a token that names it was verified just now. */
  get(kid: string): RingKey {
    const key = this.keys.get(kid);
    if (!key) throw new InvalidToken('its key was retired a moment ago');
    return key;
  }

  /** The keys to publish: those that may have signed a valid token, and the next one. */
  async published(now = Date.now()): Promise<RingKey[]> {
    await this.readIfStale(now);
    return [...this.keys.values()].filter((key) => key.expiresAt > now);
  }

  async find(kid: string): Promise<VerificationKey | undefined> {
    if (!this.keys.has(kid)) await this.readIfStale(Date.now());
    return this.holds(kid) ? this.keys.get(kid) : undefined;
  }

  holds(kid: string): boolean {
    const key = this.keys.get(kid);
    return key !== undefined && key.expiresAt > Date.now();
  }

  /** Reads the keys; what was read before never takes the place of what was read later. */
  async read(): Promise<void> {
    const turn = (this.turns += 1);
    const keys = await this.repository.load(this.keys);
    if (turn < this.readTurn) return;
    this.readTurn = turn;
    this.readAt = Date.now();
    const same = keys.length === this.keys.size && keys.every((key) => this.keys.has(key.kid));
    this.keys = new Map(keys.map((key) => [key.kid, key]));
    if (!same) this.changes += 1;
  }

  /** As {@link read}; the known keys stay when it fails. */
  async readAgain(): Promise<void> {
    await this.read().catch((error: unknown) =>
      this.logger.warn({ err: error }, 'The signing keys could not be read again'),
    );
  }

  /** As {@link readAgain}, at most once a second. */
  async readIfStale(now: number): Promise<void> {
    if (Math.abs(now - this.readAt) < READ_AGAIN_AFTER) return;
    this.reading ??= this.readAgain().finally(() => (this.reading = undefined));
    await this.reading;
  }
}
