import { createHash, randomBytes } from 'node:crypto';
import type { Connection } from 'mysql2/promise';
import type { Answer, Replica } from './replica.ts';

/** A session that can be renewed, with its first refresh token. */
export interface RenewableSession {
  readonly id: string;
  readonly refreshToken: string;
}

/** Opens a session of the demo reader as a door that gives refresh tokens does, without the cost of a password. */
export async function openSession(connection: Connection): Promise<RenewableSession> {
  const id = `ses_${randomBytes(16).toString('hex')}`;
  const refreshToken = randomBytes(32).toString('base64url');
  const now = new Date();
  const later = new Date(now.getTime() + 86_400_000);
  await connection.execute(
    `INSERT INTO sessions (id, user_id, client_id, scope, address, created_at, last_used_at, idle_expires_at, expires_at,
       tokens_expire_at) VALUES (?, 'usr_demo_reader', 'gatehouse:faults', 'articles:read', '127.0.0.1', ?, ?, ?, ?, ?)`,
    [id, now, now, later, later, now],
  );
  await connection.execute('INSERT INTO refresh_tokens (digest, session_id, created_at) VALUES (?, ?, ?)', [
    digestOf(refreshToken),
    id,
    now,
  ]);
  return { id, refreshToken };
}

/** Presents a refresh token. */
export function refresh(replica: Pick<Replica, 'post'>, refreshToken: string): Promise<Answer | undefined> {
  return replica.post('/oauth/token', { grant_type: 'refresh_token', refresh_token: refreshToken });
}

/** What the database keeps of a token. */
export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
