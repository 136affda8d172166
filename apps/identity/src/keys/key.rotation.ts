import { Injectable } from '@nestjs/common';
import type { AdministrativeAct } from '../accounts/administration/administrative.act.js';
import { AuditTrail } from '../audit/audit.trail.js';
import { IdentityConfig } from '../identity.config.js';
import { KeyGenerations } from './key.generations.js';
import { KeyRing } from './key.ring.js';
import type { RingKey } from './ring.key.js';
import { SigningKeysRepository } from './signing-keys.repository.js';

const KEPT_AFTER_END = 30 * 86_400_000;

/** Lets one signing key follow another. Any replica may; of several at once, one does. */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly generations: KeyGenerations,
    private readonly repository: SigningKeysRepository,
    private readonly ring: KeyRing,
    private readonly audit: AuditTrail,
    private readonly config: IdentityConfig,
  ) {}

  /**
   * Lets the next key sign, as soon as it has been published for long enough, and publishes another next one.
   *
   * @param act who asked for it; nobody when it is simply time
   * @returns false when another replica has done so meanwhile
   */
  rotate(act?: AdministrativeAct): Promise<boolean> {
    return this.replace(this.ring.latest, act);
  }

  /** As {@link rotate}, where the configuration asks for it: the key is too old, or of another algorithm. */
  async rotateIfDue(): Promise<boolean> {
    const { latest } = this.ring;
    const age = Date.now() - latest.activatesAt;
    const due =
      age >= this.config.keyRotationInterval * 1_000 || latest.algorithm !== this.config.signingAlgorithm;
    return due && this.replace(latest);
  }

  private replace({ kid }: RingKey, act?: AdministrativeAct): Promise<boolean> {
    return this.generations.change(async (manager, keys) => {
      const next = this.generations.nextOf(keys);
      const latest = keys.findLast(({ activatesAt, retiredAt }) => activatesAt && !retiredAt);
      if (!next || latest?.kid !== kid) return false;
      const published = next.createdAt.getTime() + this.config.keyPublicationLead * 1_000;
      const activatesAt = new Date(Math.max(Date.now(), published));
      await this.repository.update(manager, next, { activatesAt });
      await this.repository.purge(manager, new Date(Date.now() - KEPT_AFTER_END));
      await this.audit.record(manager, { type: 'key.rotation', subjectId: next.kid, ...act });
      return true;
    });
  }
}
