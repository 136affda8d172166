import { change, Database, rowsOf, Table } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { User } from '../accounts/user.entity.js';
import { digestOf } from '../secrets/opaque.token.js';
import { RefreshToken } from './refresh-token.entity.js';
import { Session } from './session.entity.js';

const TOKENS = new Table(RefreshToken);
const TOKEN = TOKENS.as('t');
const SESSIONS = new Table(Session);
const SESSION = SESSIONS.as('s');
// At each refresh: no more than that needs.
const OWNED = SESSIONS.as('s', 'id', 'userId', 'clientId', 'scope', 'expiresAt');
const USER = new Table(User).as('u', 'id', 'email', 'roles', 'locale');

const OWNER = `SELECT ${OWNED.columns}, ${USER.columns}
  FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id JOIN users u ON u.id = s.user_id WHERE t.digest IN (?)`;

const RENEWABLE = `SELECT ${SESSION.columns} FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id
  WHERE t.digest IN (?) AND t.spent_at IS NULL
  AND s.ended_at IS NULL AND s.idle_expires_at > ? AND s.expires_at > ?`;

const BY_DIGEST = `SELECT ${TOKEN.columns} FROM refresh_tokens t WHERE t.digest = ?`;

const SPEND = 'UPDATE refresh_tokens SET spent_at = ? WHERE digest = ? AND spent_at IS NULL';

/** Whose a refresh token is, as far as a refresh has to know. */
export interface RefreshTokenOwner {
  session: Pick<Session, 'id' | 'userId' | 'clientId' | 'scope' | 'expiresAt'>;
  user: Pick<User, 'id' | 'email' | 'roles' | 'locale'>;
}

/** Keeps digests of the refresh tokens. */
@Injectable()
export class RefreshTokensRepository {
  constructor(private readonly database: Database) {}

  /** Whose the token is, whether or not it is still good; undefined when it was never given. */
  async findOwner(token: string): Promise<RefreshTokenOwner | undefined> {
    const [row] = await rowsOf(this.database.manager, OWNER, [digestOf(token)]);
    return row && { session: OWNED.read(row), user: USER.read(row) };
  }

  /** The live session that the token can renew. */
  async findRenewable(token: string): Promise<Session | undefined> {
    const now = new Date();
    const [row] = await rowsOf(this.database.manager, RENEWABLE, [digestOf(token), now, now]);
    return row && SESSION.read(row);
  }

  async find(manager: EntityManager, token: string): Promise<RefreshToken | undefined> {
    const [row] = await rowsOf(manager, BY_DIGEST, [digestOf(token)]);
    return row && TOKEN.read(row);
  }

  async add(manager: EntityManager, sessionId: string, token: string): Promise<void> {
    const row = { digest: digestOf(token), sessionId, createdAt: new Date(), spentAt: null };
    await TOKENS.insert(manager, [row]);
  }

  /** Spends the token: of all who try, one is told that it was them. To look first would let several win. */
  async spend(manager: EntityManager, token: string): Promise<boolean> {
    return (await change(manager, SPEND, [new Date(), digestOf(token)])) === 1;
  }
}
