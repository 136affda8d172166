import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { IdentityConfig } from '../identity.config.js';
import { generateSigningKey, type KeyPair } from './key.generator.js';
import { KeyRing } from './key.ring.js';
import type { SigningKey } from './signing-key.entity.js';
import { SigningKeysRepository } from './signing-keys.repository.js';

/** What is changed: the keys as they are, in order of generation, held until the transaction ends. */
export type KeyChange<T> = (manager: EntityManager, keys: readonly SigningKey[]) => Promise<T>;

type TwoPairs = readonly [KeyPair, KeyPair];

// Another replica may sign with the old key until it has looked again, and guards allow a minute of skew.
const SLACK = 300_000;

/**
 * Generations of the signing key: one signs, the next one is published already, earlier ones stay published until
 * the last token they signed has expired. Replicas change them one at a time, and leave them whole.
 */
@Injectable()
export class KeyGenerations {
  constructor(
    private readonly database: Database,
    private readonly repository: SigningKeysRepository,
    private readonly ring: KeyRing,
    private readonly config: IdentityConfig,
  ) {}

  /** Sees to it that one key signs, and that the next one, of the configured algorithm, is published. */
  async ensure(): Promise<void> {
    const keys = await this.repository.findAll();
    const whole = keys.some((key) => isUsable(key) && isChosen(key)) && this.nextOf(keys);
    if (keys.length === 0) await this.begin();
    else if (!whole) await this.change(() => Promise.resolve());
    await this.ring.read();
  }

  /** Changes the keys in one transaction, and then sees to it that they are whole: see {@link settle}. */
  async change<T>(work: KeyChange<T>): Promise<T> {
    // Made before, used where one is missing: to wait for them within would keep the others waiting.
    const spares = await this.generateTwo();
    const result = await this.database.transaction(async (manager) => {
      const done = await work(manager, await this.repository.hold(manager));
      await this.settle(manager, spares);
      return done;
    });
    await this.ring.read();
    return result;
  }

  /** The key that was published to sign next; undefined where there is none of the configured algorithm. */
  nextOf(keys: readonly SigningKey[]): SigningKey | undefined {
    const { signingAlgorithm } = this.config;
    return keys.find((key) => isUsable(key) && !isChosen(key) && key.algorithm === signingAlgorithm);
  }

  private async begin(): Promise<void> {
    const pairs = await this.generateTwo();
    await this.database.transaction((manager) => this.repository.addFirst(manager, pairs));
  }

  private async settle(manager: EntityManager, [first, second]: TwoPairs): Promise<void> {
    const now = new Date();
    const keys = (await this.repository.findAll(manager)).filter(isUsable);
    if (!keys.some(({ activatesAt }) => activatesAt && activatesAt <= now)) {
      const heir = keys.find(isChosen) ?? this.nextOf(keys) ?? (await this.repository.add(manager, first));
      // There is no time to wait until it has been published for long enough.
      await this.repository.update(manager, heir, { activatesAt: now });
    }
    if (!this.nextOf(keys)) await this.repository.add(manager, second);
    await this.settleEnds(manager, keys.filter(isChosen), now);
  }

  /** A key stays published until what it signs before its successor does has expired. */
  private async settleEnds(manager: EntityManager, chosen: SigningKey[], now: Date): Promise<void> {
    for (const [index, key] of chosen.entries()) {
      const follows = chosen[index + 1]?.activatesAt;
      if (key.expiresAt && follows && follows <= now) continue; // It signs no more.
      const expiresAt = follows ? this.lastTokenExpires(follows) : null;
      await this.repository.update(manager, key, { expiresAt });
    }
  }

  private lastTokenExpires(signsUntil: Date): Date {
    return new Date(signsUntil.getTime() + this.config.longestTokenTtl * 1_000 + SLACK);
  }

  private generateTwo(): Promise<TwoPairs> {
    const { signingAlgorithm } = this.config;
    return Promise.all([generateSigningKey(signingAlgorithm), generateSigningKey(signingAlgorithm)]);
  }
}

/** Whether nobody has withdrawn it. */
function isUsable({ retiredAt }: SigningKey): boolean {
  return retiredAt === null;
}

/** Whether it signs, has signed, or was told when to begin. */
function isChosen({ activatesAt }: SigningKey): boolean {
  return activatesAt !== null;
}
