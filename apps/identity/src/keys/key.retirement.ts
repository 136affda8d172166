import { NotFound } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import type { AdministrativeAct } from '../accounts/administration/administrative.act.js';
import { AuditTrail } from '../audit/audit.trail.js';
import { RevocationLog } from '../revocation/revocation.log.js';
import { KeyGenerations } from './key.generations.js';
import { SigningKeysRepository } from './signing-keys.repository.js';

// Whoever has got hold of a key writes tokens that live as long as they like. By then no guard knows the key any more.
const REMEMBERED_FOR = 365 * 86_400_000;

/** Withdraws a key in an emergency: whatever it signed is refused from now on, and another one signs. */
@Injectable()
export class KeyRetirement {
  constructor(
    private readonly generations: KeyGenerations,
    private readonly repository: SigningKeysRepository,
    private readonly revocations: RevocationLog,
    private readonly audit: AuditTrail,
  ) {}

  /** Once retired, a key stays so: again changes nothing. @throws NotFound when there is no such key */
  retire(kid: string, act: AdministrativeAct): Promise<void> {
    return this.generations.change(async (manager, keys) => {
      const key = keys.find((each) => each.kid === kid);
      if (!key) throw new NotFound('There is no such key.');
      if (key.retiredAt) return;
      const now = new Date();
      await this.repository.update(manager, key, { retiredAt: now });
      const expiresAt = new Date(now.getTime() + REMEMBERED_FOR);
      await this.revocations.record(manager, { kind: 'key', id: kid, expiresAt });
      await this.audit.record(manager, { type: 'key.retirement', subjectId: kid, ...act });
    });
  }
}
