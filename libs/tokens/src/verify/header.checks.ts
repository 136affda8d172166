import type { JsonObject } from './strict.json.js';

/** One thing that must hold, with the words the log gets when it does not. */
export type HeaderCheck = readonly [reason: string, holds: (header: JsonObject) => boolean];

/**
 * What a header must be before its key is looked up, in order. `alg` is compared with the key afterwards; `jku`,
 * `x5u`, `jwk` and `x5c` are not read at all (RFC 8725 §3.10): no header chooses the key it is verified with.
 */
export const HEADER_CHECKS: readonly HeaderCheck[] = [
  ['an extension is critical', understandsAllExtensions],
  ['not an access token by its typ', isTypedAsAccessToken],
  ['no kid', namesItsKey],
];

// RFC 7515 §4.1.11: none is understood here, so any crit refuses, and with it b64 (RFC 7797 §6).
function understandsAllExtensions(header: JsonObject): boolean {
  return !('crit' in header) && !('b64' in header);
}

// RFC 9068 §2.1, §4; the prefix may be spelt out, and media types know no case (RFC 7515 §4.1.9).
function isTypedAsAccessToken({ typ }: JsonObject): boolean {
  return typeof typ === 'string' && /^(?:application\/)?at\+jwt$/i.test(typ);
}

function namesItsKey({ kid }: JsonObject): boolean {
  return typeof kid === 'string' && kid !== '';
}
