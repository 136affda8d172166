import { InvalidToken } from './invalid-token.error.js';
import { type JsonObject, strictJsonObject } from './strict.json.js';

/** A JWS in compact serialisation (RFC 7515 §7.1), taken apart and not yet believed. */
export interface CompactToken {
  /** Still as it was sent: a HeaderReader reads it. */
  readonly header: string;
  /** What was signed: header and payload as they were sent (RFC 7515 §5.2). */
  readonly signingInput: string;
  readonly payload: Buffer;
  readonly signature: Buffer;
}

const MAXIMUM_LENGTH = 8_000;

/**
 * Takes a token apart.
 *
 * @throws InvalidToken when it is over 8 kB, or not three parts, the last two of canonical base64url
 */
export function compactToken(token: string): CompactToken {
  if (token.length > MAXIMUM_LENGTH) throw new InvalidToken('longer than 8 kB');
  const parts = token.split('.', 6);
  // Five parts are a JWE (RFC 7516 §3.1), a brace is the JSON serialisation: neither is an access token of ours.
  if (parts.length !== 3) throw new InvalidToken('not a JWS of three parts');
  const [header, payload, signature] = parts as [string, string, string];
  return {
    header,
    signingInput: token.slice(0, header.length + 1 + payload.length),
    payload: bytesOf(payload, 'payload'),
    signature: bytesOf(signature, 'signature'),
  };
}

/**
 * The strict JSON object in these bytes.
 *
 * @throws InvalidToken when there is none
 */
export function jsonOf(bytes: Buffer, part: string): JsonObject {
  const value = strictJsonObject(bytes);
  if (!value) throw new InvalidToken(`the ${part} is no strict JSON object`);
  return value;
}

/**
 * The bytes that this text is the base64url of. Only the one spelling RFC 7515 §2 gives to them: no padding, no other
 * alphabet, no stray bits at the end. Node's decoder is lax, so what it read is written again and compared.
 *
 * @throws InvalidToken when it is another spelling, or of nothing
 */
export function bytesOf(text: string, part: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length === 0 || bytes.toString('base64url') !== text) {
    throw new InvalidToken(`the ${part} is not canonical base64url`);
  }
  return bytes;
}
