import type { CompactRevocation, RevocationDto } from '@gatehouse/contracts';
import type { PlacedRevocation } from './feed.batch.js';

/** Tells that there is somebody here, and that nothing was committed that has not been told. */
export const COMMENT = Buffer.from(':\n\n');
/** Tells that the position asked for is unknown. Browsers pass over events without data. */
export const RESET = Buffer.from('event: reset\ndata: {}\n\n');

/** Tells whose connection ends to come again at once, here or elsewhere (WHATWG HTML §9.2.6). */
export const COME_AGAIN = Buffer.from('retry: 100\n\n');

/** Tells that all there was up to this position has been told. */
export function syncedFrame(position: number): Buffer {
  return Buffer.from(`event: synced\nid: ${position}\ndata: {}\n\n`);
}

/** Revocations as events, all in one piece: the receivers share it. */
export function framesOf(revocations: readonly PlacedRevocation[]): Buffer {
  return Buffer.from(revocations.map(frameOf).join(''));
}

/** A revocation as snapshots write it. */
export function compact({ kind, id, expiresAt, before }: PlacedRevocation): CompactRevocation {
  return before === null ? [kind, id, expiresAt] : [kind, id, expiresAt, before];
}

/** A revocation as it is told to guards. */
export function revocationOf({ kind, id, expiresAt, before }: PlacedRevocation): RevocationDto {
  return { kind, id, ...(before !== null && { before }), expires_at: expiresAt };
}

function frameOf(revocation: PlacedRevocation): string {
  const data = JSON.stringify(revocationOf(revocation));
  return `event: revocation\nid: ${revocation.position}\ndata: ${data}\n\n`;
}
