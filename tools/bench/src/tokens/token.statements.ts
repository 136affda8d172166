import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** What runs a statement with its values, prepared and kept. */
export interface RawConnection {
  /** @returns the first row of a query */
  first(sql: string, values: readonly unknown[]): Promise<Record<string, unknown> | undefined>;
  /** @returns how many rows were changed */
  change(sql: string, values: readonly unknown[]): Promise<number>;
  /** As {@link change}, with a statement that is a transaction by itself. */
  changeAlone(sql: string, values: readonly unknown[]): Promise<number>;
  begin(): Promise<void>;
  commit(): Promise<void>;
  /** A time, as the driver takes it. */
  time(milliseconds: number): unknown;
  close(): Promise<void>;
}

const DAY = 86_400_000;

const OWNER = `SELECT s.id, s.user_id, s.client_id, s.scope, s.expires_at, u.id, u.email, u.roles, u.locale
  FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id JOIN users u ON u.id = s.user_id WHERE t.digest IN (?)`;
const SESSION_ID = 'SELECT session_id FROM refresh_tokens WHERE digest = ?';
const USE = `UPDATE sessions SET address = ?, last_used_at = ?, idle_expires_at = ?,
  tokens_expire_at = CASE WHEN tokens_expire_at > ? THEN tokens_expire_at ELSE ? END
  WHERE id = ? AND ended_at IS NULL AND idle_expires_at > ? AND expires_at > ?`;
const SPEND = 'UPDATE refresh_tokens SET spent_at = ? WHERE digest = ? AND spent_at IS NULL';
const ADD = 'INSERT INTO refresh_tokens (digest, session_id, created_at, spent_at) VALUES (?, ?, ?, NULL)';
const CLIENT = `SELECT c.*, s.digest AS digest FROM clients c
  LEFT JOIN client_secrets s ON s.client_id = c.id AND (s.expires_at IS NULL OR s.expires_at > ?) WHERE c.id IN (?)`;
const AUDIT = `INSERT INTO audit_events
  (id, type, outcome, actor_id, subject_id, details, address, device, request_id, created_at)
  VALUES (?, 'token.client_credentials', 'success', 'consumer', 'consumer', '{}', '127.0.0.1', NULL, ?, ?)`;

/** The statements of a refresh and of client credentials, as identity sends them, and nothing else. */
export class TokenStatements {
  private sessionId = '';

  constructor(
    private readonly connection: RawConnection,
    private token: string,
  ) {}

  readonly refresh = async (): Promise<void> => {
    const { connection } = this;
    const digest = digestOf(this.token);
    const now = Date.now();
    const at = connection.time(now);
    const [idle, until] = [connection.time(now + 30 * DAY), connection.time(now + 900_000)];
    await connection.first(CLIENT, [at, 'consumer']);
    await connection.first(OWNER, [digest]);
    this.sessionId ||= String((await connection.first(SESSION_ID, [digest]))?.['session_id']);
    const successor = randomBytes(32).toString('base64url');
    await connection.begin();
    const used = ['127.0.0.1', at, idle, until, until, this.sessionId, at, at];
    const changed = (await connection.change(USE, used)) + (await connection.change(SPEND, [at, digest]));
    await connection.change(ADD, [digestOf(successor), this.sessionId, at]);
    await connection.commit();
    if (changed !== 2) throw new Error('the raw statements have not rotated the refresh token');
    this.token = successor;
  };

  readonly clientCredentials = async (): Promise<void> => {
    const { connection } = this;
    const at = connection.time(Date.now());
    await connection.first(CLIENT, [at, 'consumer']);
    await connection.changeAlone(AUDIT, [`evt_${randomBytes(16).toString('hex')}`, randomUUID(), at]);
  };
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
