import { Inject, Injectable } from '@nestjs/common';
import { ACCESS_OPTIONS, type AccessOptions } from '../access.options.js';
import { Authority } from '../guard/authority.js';
import { REVOCATIONS, type Revocations } from '../revocation/revocations.js';

/** Tells what the guard decides, and how well it knows what was revoked, where somebody wants to know. */
@Injectable()
export class AccessMetrics {
  constructor(
    @Inject(ACCESS_OPTIONS) { metrics }: AccessOptions,
    @Inject(REVOCATIONS) revocations: Revocations,
    { outcomes }: Authority,
  ) {
    const decisions = 'Requests that the guard has decided about, by what came of it.';
    metrics?.counts('guard_decisions_total', decisions, 'outcome', () => outcomes.counts);
    const staleness = 'Time since it was last certain that no revocation is missing.';
    metrics?.gauge('revocations_staleness_seconds', staleness, () => revocations.status.staleness);
    const connected = '1 while each new revocation is told as it happens.';
    metrics?.gauge('revocations_connected', connected, () => Number(revocations.status.connected));
    metrics?.gauge('revocations_entries', 'Revocations known here.', () => revocations.status.entries);
  }
}
