import type { SigningKeyDto } from '@gatehouse/contracts';
import type { SigningKey } from '../keys/signing-key.entity.js';

/** The signing keys as the wire carries them. @param keys in order of generation */
export function signingKeyResponses(keys: readonly SigningKey[], now = new Date()): SigningKeyDto[] {
  const signing = keys.findLast(
    ({ activatesAt, retiredAt }) => activatesAt && activatesAt <= now && !retiredAt,
  );
  return keys.map((key) => ({
    kid: key.kid,
    algorithm: key.algorithm,
    state: key === signing ? 'signing' : stateOf(key, now),
    created_at: key.createdAt.toISOString(),
    activates_at: key.activatesAt?.toISOString() ?? null,
    expires_at: key.expiresAt?.toISOString() ?? null,
    retired_at: key.retiredAt?.toISOString() ?? null,
  }));
}

function stateOf({ activatesAt, expiresAt, retiredAt }: SigningKey, now: Date): SigningKeyDto['state'] {
  if (retiredAt) return 'retired';
  if (!activatesAt || activatesAt > now) return 'next';
  return expiresAt && expiresAt <= now ? 'expired' : 'published';
}
