import { change, Database, rowsOf, Table } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Session } from './session.entity.js';

const SESSIONS = new Table(Session);
const SESSION = SESSIONS.as('s');

const LIVE = 's.ended_at IS NULL AND s.idle_expires_at > ? AND s.expires_at > ?';

const LIVE_OF_USER = `SELECT ${SESSION.columns} FROM sessions s WHERE s.user_id = ? AND ${LIVE} ORDER BY s.id DESC LIMIT 1000`;

const IS_LIVE = `SELECT s.id FROM sessions s WHERE s.id = ? AND ${LIVE}`;

// Tokens may have lived longer under an earlier configuration.
const USE = `UPDATE sessions SET address = ?, last_used_at = ?, idle_expires_at = ?,
  tokens_expire_at = CASE WHEN tokens_expire_at > ? THEN tokens_expire_at ELSE ? END
  WHERE id = ? AND ended_at IS NULL AND idle_expires_at > ? AND expires_at > ?`;

/** What one more use changes of a session. */
export type SessionUse = Pick<Session, 'address' | 'lastUsedAt' | 'idleExpiresAt' | 'tokensExpireAt'>;

/** Keeps the sessions. */
@Injectable()
export class SessionsRepository {
  constructor(private readonly database: Database) {}

  /** The user's live sessions, the latest first: as many as anybody looks through. */
  async findLiveOf(userId: string, now = new Date()): Promise<Session[]> {
    const rows = await rowsOf(this.database.manager, LIVE_OF_USER, [userId, now, now]);
    return rows.map((row) => SESSION.read(row));
  }

  async isLive(id: string, now = new Date()): Promise<boolean> {
    return (await rowsOf(this.database.manager, IS_LIVE, [id, now, now])).length > 0;
  }

  async add(manager: EntityManager, session: Session): Promise<void> {
    await SESSIONS.insert(manager, [session]);
  }

  /** Notes that a session is used now, if it lives; its row is held until the transaction ends. */
  async use(manager: EntityManager, id: string, used: SessionUse): Promise<boolean> {
    const { address, lastUsedAt: now, idleExpiresAt, tokensExpireAt: until } = used;
    return (await change(manager, USE, [address, now, idleExpiresAt, until, until, id, now, now])) === 1;
  }
}
