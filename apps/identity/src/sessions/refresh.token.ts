import { createHmac } from 'node:crypto';

/**
 * The refresh token that follows a presented one. It comes from the presented token and a secret of the server:
 * every replica finds the same successor, however many ask at once, and the digests in the database yield neither.
 */
export function successorOf(presented: string, secret: string): string {
  return createHmac('sha256', secret).update(`refresh token successor:${presented}`).digest('base64url');
}
