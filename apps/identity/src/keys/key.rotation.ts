import { Database } from '@gatehouse/service-kit';
import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { IsNull, Not, type EntityManager } from 'typeorm';
import { IdentityConfig } from '../identity.config.js';
import { generateSigningKey } from './key.generator.js';
import { KeyRing } from './key.ring.js';
import { SigningKey } from './signing-key.entity.js';
import { SigningKeysRepository } from './signing-keys.repository.js';

const LOOK_EVERY = 5_000;
// Another replica may sign with the old key until it has looked again, and guards allow a minute of skew.
const SLACK = 300_000;

/**
 * Generations of the signing key: one signs, the next one is published already, earlier ones stay published until
 * the last token they signed has expired. Any replica may rotate; of several at once, one does.
 */
@Injectable()
export class KeyRotation implements OnModuleInit, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly repository: SigningKeysRepository,
    private readonly ring: KeyRing,
    private readonly config: IdentityConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.ensureKeys();
    await this.ring.read();
    const chosenLast = this.ring.current(Number.MAX_SAFE_INTEGER);
    if (chosenLast.algorithm !== this.config.signingAlgorithm) await this.rotate();
    this.timer = setInterval(() => void this.ring.readIfStale(Date.now()), LOOK_EVERY).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Sees to it that one key signs and the next one of the configured algorithm waits. */
  private async ensureKeys(): Promise<void> {
    const keys = await this.database.manager.find(SigningKey);
    const usable = keys.filter((key) => !key.retiredAt);
    let generation = Math.max(0, ...keys.map((key) => key.generation));
    if (!usable.some((key) => key.activatesAt)) await this.add((generation += 1), new Date());
    if (!usable.some((key) => this.mayFollow(key))) await this.add((generation += 1), null);
  }

  private mayFollow({ activatesAt, algorithm }: SigningKey): boolean {
    return !activatesAt && algorithm === this.config.signingAlgorithm;
  }

  /**
   * Lets the next key sign and makes another next one.
   *
   * @returns false when another replica has done so meanwhile
   */
  async rotate(): Promise<boolean> {
    const next = await this.nextKey();
    const publishedLongEnough = next.createdAt.getTime() + this.config.keyPublicationLead * 1_000;
    const activatesAt = new Date(Math.max(Date.now(), publishedLongEnough));
    const pair = await generateSigningKey(this.config.signingAlgorithm);
    const rotated = await this.database.transaction(async (manager) => {
      if (!(await this.activate(manager, next.kid, activatesAt))) return false;
      await this.repository.add(manager, pair, { generation: next.generation + 1, activatesAt: null });
      return true;
    });
    await this.ring.read();
    return rotated;
  }

  private async nextKey(): Promise<SigningKey> {
    await this.ensureKeys();
    return this.database.manager.findOneOrFail(SigningKey, {
      where: { activatesAt: IsNull(), retiredAt: IsNull(), algorithm: this.config.signingAlgorithm },
      order: { generation: 'ASC' },
    });
  }

  private async activate(manager: EntityManager, kid: string, activatesAt: Date): Promise<boolean> {
    const { affected } = await manager.update(SigningKey, { kid, activatesAt: IsNull() }, { activatesAt });
    if (affected !== 1) return false;
    const lastTokenExpires = activatesAt.getTime() + this.config.longestTokenTtl * 1_000;
    await manager.update(
      SigningKey,
      { kid: Not(kid), activatesAt: Not(IsNull()), expiresAt: IsNull() },
      { expiresAt: new Date(lastTokenExpires + SLACK) },
    );
    return true;
  }

  private async add(generation: number, activatesAt: Date | null): Promise<void> {
    const pair = await generateSigningKey(this.config.signingAlgorithm);
    await this.database.transaction((manager) =>
      this.repository.add(manager, pair, { generation, activatesAt }),
    );
  }
}
