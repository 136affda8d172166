import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { IsNull, Not, type EntityManager } from 'typeorm';
import { type AuditEntry, AuditTrail } from '../audit/audit.trail.js';
import { IdentityConfig } from '../identity.config.js';
import { generateSigningKey } from './key.generator.js';
import { KeyRing } from './key.ring.js';
import { SigningKey } from './signing-key.entity.js';
import { SigningKeysRepository } from './signing-keys.repository.js';

/** Who has the key rotated; nobody when it is simply time. */
export type RotationCause = Pick<AuditEntry, 'actorId' | 'origin'>;

// Another replica may sign with the old key until it has looked again, and guards allow a minute of skew.
const SLACK = 300_000;

/**
 * Generations of the signing key: one signs, the next one is published already, earlier ones stay published until
 * the last token they signed has expired. Any replica may rotate; of several at once, one does.
 */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly database: Database,
    private readonly repository: SigningKeysRepository,
    private readonly ring: KeyRing,
    private readonly audit: AuditTrail,
    private readonly config: IdentityConfig,
  ) {}

  /** Sees to it that one key signs, and that the next one, of the configured algorithm, is published. */
  async ensureKeys(): Promise<void> {
    const keys = await this.repository.findAll();
    const usable = keys.filter((key) => !key.retiredAt);
    let generation = Math.max(0, ...keys.map((key) => key.generation));
    if (!usable.some((key) => key.activatesAt)) await this.add((generation += 1), new Date());
    if (!usable.some((key) => this.mayFollow(key))) await this.add((generation += 1), null);
    await this.ring.read();
  }

  /**
   * Lets the next key sign, as soon as it has been published for long enough, and publishes another next one.
   *
   * @param by who asked for it
   * @returns false when another replica has done so meanwhile
   */
  async rotate(by: RotationCause = {}): Promise<boolean> {
    await this.ensureKeys();
    return this.rotateFrom(await this.repository.findAll(), by);
  }

  /** As {@link rotate}, where the configuration asks for it: the key is too old, or of another algorithm. */
  async rotateIfDue(): Promise<boolean> {
    const keys = await this.repository.findAll();
    const chosen = keys.filter((key) => key.activatesAt && !key.retiredAt);
    const latest = chosen.reduce((one, other) => (one.generation > other.generation ? one : other));
    const age = Date.now() - latest.activatesAt!.getTime();
    const due =
      age >= this.config.keyRotationInterval * 1_000 || latest.algorithm !== this.config.signingAlgorithm;
    return due && this.rotateFrom(keys, {});
  }

  /** Lets a key sign from that time on; says false when it was chosen before. */
  async activate(manager: EntityManager, kid: string, activatesAt: Date): Promise<boolean> {
    const { affected } = await manager.update(SigningKey, { kid, activatesAt: IsNull() }, { activatesAt });
    if (affected !== 1) return false;
    const expiresAt = this.publishedUntil(activatesAt);
    await manager.update(
      SigningKey,
      { kid: Not(kid), activatesAt: Not(IsNull()), expiresAt: IsNull() },
      { expiresAt },
    );
    return true;
  }

  /** When the last token has expired that is signed until then. */
  publishedUntil(signsUntil: Date): Date {
    return new Date(signsUntil.getTime() + this.config.longestTokenTtl * 1_000 + SLACK);
  }

  /** From what was read before: a competitor who read the same chooses the same key, and one of both is told so. */
  private async rotateFrom(keys: readonly SigningKey[], by: RotationCause): Promise<boolean> {
    const next = keys.find((key) => !key.retiredAt && this.mayFollow(key));
    if (!next) return false;
    const published = next.createdAt.getTime() + this.config.keyPublicationLead * 1_000;
    const activatesAt = new Date(Math.max(Date.now(), published));
    const generation = Math.max(...keys.map((key) => key.generation)) + 1;
    const pair = await generateSigningKey(this.config.signingAlgorithm);
    const rotated = await this.database.transaction(async (manager) => {
      if (!(await this.activate(manager, next.kid, activatesAt))) return false;
      await this.repository.add(manager, pair, { generation, activatesAt: null });
      await this.audit.record(manager, { type: 'key.rotation', subjectId: next.kid, ...by });
      return true;
    });
    await this.ring.read();
    return rotated;
  }

  private mayFollow({ activatesAt, algorithm }: SigningKey): boolean {
    return !activatesAt && algorithm === this.config.signingAlgorithm;
  }

  private async add(generation: number, activatesAt: Date | null): Promise<void> {
    const pair = await generateSigningKey(this.config.signingAlgorithm);
    await this.database.transaction((manager) =>
      this.repository.add(manager, pair, { generation, activatesAt }),
    );
  }
}
