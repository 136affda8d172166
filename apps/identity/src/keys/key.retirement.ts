import { NotFound } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan, type EntityManager } from 'typeorm';
import { AuditTrail } from '../audit/audit.trail.js';
import type { RequestOrigin } from '../audit/request.origin.js';
import { RevocationLog } from '../revocation/revocation.log.js';
import { KeyRotation } from './key.rotation.js';
import { SigningKey } from './signing-key.entity.js';

/** Withdraws a key in an emergency: whatever it signed is refused from now on. */
@Injectable()
export class KeyRetirement {
  constructor(
    private readonly database: Database,
    private readonly rotation: KeyRotation,
    private readonly revocations: RevocationLog,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws NotFound when there is no such key in use */
  async retire(kid: string, actorId: string, origin: RequestOrigin): Promise<void> {
    await this.rotation.ensureKeys(); // so that another key can sign at once
    await this.database.transaction(async (manager) => {
      const now = new Date();
      const { affected } = await manager.update(SigningKey, { kid, retiredAt: IsNull() }, { retiredAt: now });
      if (affected !== 1) throw new NotFound('There is no such key.');
      const { generation, expiresAt } = await manager.findOneByOrFail(SigningKey, { kid });
      await this.replace(manager, generation, now);
      const id = { kind: 'key', id: kid, expiresAt: expiresAt ?? this.rotation.publishedUntil(now) } as const;
      await this.revocations.record(manager, id);
      await this.audit.record(manager, { type: 'key.retirement', actorId, subjectId: kid, origin });
    });
    await this.rotation.ensureKeys();
  }

  /** Lets the following key sign at once, unless it does already: there is no time for it to be published longer. */
  private async replace(manager: EntityManager, generation: number, now: Date): Promise<void> {
    const following = await manager.findOne(SigningKey, {
      where: { generation: MoreThan(generation), retiredAt: IsNull() },
      order: { generation: 'ASC' },
    });
    if (!following || (following.activatesAt && following.activatesAt <= now)) return;
    if (await this.rotation.activate(manager, following.kid, now)) return;
    await manager.update(SigningKey, { kid: following.kid }, { activatesAt: now });
  }
}
