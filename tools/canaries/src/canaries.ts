import type { Canary } from './canary.ts';
import { GUARD_CANARIES } from './guard.canaries.ts';
import { IDENTITY_CANARIES } from './identity.canaries.ts';
import { SERVICE_CANARIES } from './service.canaries.ts';

/** Every flaw that some check must notice. */
export const CANARIES: readonly Canary[] = [...GUARD_CANARIES, ...SERVICE_CANARIES, ...IDENTITY_CANARIES];
