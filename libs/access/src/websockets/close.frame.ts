const FINAL_CLOSE = 0x88;

/**
 * A WebSocket's close frame (RFC 6455 §5.5.1), as a server sends it: unmasked.
 *
 * @param code of §7.4, 4000 to 4999 for an application's own
 * @param reason at most 123 bytes
 */
export function closeFrame(code: number, reason: string): Buffer {
  const words = Buffer.from(reason);
  const head = Buffer.of(FINAL_CLOSE, 2 + words.length, code >> 8, code & 0xff);
  return Buffer.concat([head, words]);
}
