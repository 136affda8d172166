import { Inject, Injectable } from '@nestjs/common';
import { ACCESS_OPTIONS, type AccessOptions } from '../access.options.js';
import { Authority } from '../guard/authority.js';
import { revocationGauges } from '../revocation/revocation.gauges.js';
import { REVOCATIONS, type Revocations } from '../revocation/revocations.js';

/** Tells what the guard decides, and how well it knows what was revoked, where somebody wants to know. */
@Injectable()
export class AccessMetrics {
  constructor(
    @Inject(ACCESS_OPTIONS) { metrics }: AccessOptions,
    @Inject(REVOCATIONS) revocations: Revocations,
    { outcomes }: Authority,
  ) {
    const help = 'Requests that the guard has decided about, by what came of it.';
    metrics?.counts('guard_decisions_total', help, 'outcome', () => outcomes.counts);
    for (const gauge of revocationGauges(revocations)) metrics?.gauge(gauge.name, gauge.help, gauge.read);
  }
}
