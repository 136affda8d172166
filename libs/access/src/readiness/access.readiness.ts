import { Inject, Injectable } from '@nestjs/common';
import { ACCESS_OPTIONS, type AccessOptions } from '../access.options.js';
import { KeyReadiness } from '../keys/key.readiness.js';
import { REVOCATIONS, type Revocations } from '../revocation/revocations.js';

/** Tells whether callers can be judged, where somebody wants to know. */
@Injectable()
export class AccessReadiness {
  constructor(
    @Inject(ACCESS_OPTIONS) { readiness }: AccessOptions,
    keys: KeyReadiness,
    @Inject(REVOCATIONS) revocations: Revocations,
  ) {
    readiness?.register('keys', () => keys.ready());
    readiness?.register('revocations', () => revocations.current);
  }
}
