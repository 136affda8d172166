import { createHash, randomBytes } from 'node:crypto';
import type { Connection } from 'mysql2/promise';
import { bulkLoad, type Cell, type TableRows } from './bulk.load.js';

/** The demo reader's: everybody here has the reader's digest. */
export const PASSWORD = 'opensesame-please';

const TOKENS_OF_A_SESSION = 3;
const DAY = 86_400_000;
/** In the order that bytes have. */
const DIGITS = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const DIGEST_LENGTH = 43;
const LEADING = 6;

/** Which sessions come, beside the users. */
export interface SessionRows {
  /** Tells them from others. */
  readonly series: string;
  readonly count: number;
  /** When they expire, in milliseconds from now. */
  readonly expireIn: number;
}

/** So many users in one schema, each with a session, and each session with three refresh tokens of which one lives. */
export class Population {
  private constructor(readonly users: number) {}

  static async load(connection: Connection, users: number): Promise<Population> {
    const population = new Population(users);
    await bulkLoad(connection, usersRows(users, await readersDigest(connection)));
    await population.addSessions(connection, { series: 'a', count: users, expireIn: 30 * DAY });
    return population;
  }

  /** Adds a session for each of the first users, with its refresh tokens. */
  async addSessions(connection: Connection, rows: SessionRows): Promise<void> {
    await bulkLoad(connection, sessionRows(rows));
    await bulkLoad(connection, tokenRows(rows));
  }

  /** Gives so many sessions, from all over, one more live refresh token each, which are known. */
  async knownTokens(connection: Connection, count: number): Promise<string[]> {
    const stride = Math.max(Math.floor(this.users / count), 1);
    const tokens = Array.from({ length: Math.min(count, this.users) }, () =>
      randomBytes(32).toString('base64url'),
    );
    const rows = tokens.map((token, i) => [digestOf(token), sessionId('a', i * stride), new Date(), null]);
    await connection.query('INSERT INTO refresh_tokens (digest, session_id, created_at, spent_at) VALUES ?', [
      rows,
    ]);
    return tokens;
  }

  emailOfAny(): string {
    return emailOf(Math.floor(Math.random() * this.users));
  }
}

async function readersDigest(connection: Connection): Promise<string> {
  const [rows] = await connection.query(
    "SELECT password_digest AS digest FROM users WHERE email = 'reader@example.com'",
  );
  return (rows as { digest: string }[])[0]!.digest;
}

function usersRows(count: number, digest: string): TableRows {
  const now = new Date();
  const columns = ['id', 'email', 'password_digest', 'password_reset_required', 'roles', 'locale'];
  return {
    table: 'users',
    columns: [...columns, 'email_confirmed_at', 'created_at', 'updated_at'],
    count,
    row: (i): Cell[] => [userId(i), emailOf(i), digest, 0, '[]', 'en', now, now, now],
  };
}

function sessionRows({ series, count, expireIn }: SessionRows): TableRows {
  const now = new Date();
  const end = new Date(now.getTime() + expireIn);
  const columns = ['id', 'user_id', 'client_id', 'scope', 'device', 'address', 'created_at', 'last_used_at'];
  const scope = 'articles:read articles:write account';
  return {
    table: 'sessions',
    columns: [...columns, 'idle_expires_at', 'expires_at', 'tokens_expire_at'],
    count,
    row: (i) => {
      const opened = [
        sessionId(series, i),
        userId(i),
        'gatehouse:doorkeeper',
        scope,
        'a browser',
        '192.0.2.1',
      ];
      return [...opened, now, now, end, end, end];
    },
  };
}

/** In the order of their digests, which is that of no session: a token of one is anywhere. */
function tokenRows({ series, count }: SessionRows): TableRows {
  const now = new Date();
  const total = count * TOKENS_OF_A_SESSION;
  return {
    table: 'refresh_tokens',
    columns: ['digest', 'session_id', 'created_at', 'spent_at'],
    count: total,
    row: (i) => [nthDigest(i, total), sessionId(series, i % count), now, i < count ? null : now],
  };
}

/** As long and as spread as a digest, and the next one is greater. */
function nthDigest(index: number, total: number): string {
  let leading = '';
  let rest = index / total;
  for (let digit = 0; digit < LEADING; digit += 1) {
    rest *= DIGITS.length;
    leading += DIGITS[Math.floor(rest)]!;
    rest -= Math.floor(rest);
  }
  return (
    leading +
    randomBytes(32)
      .toString('base64url')
      .slice(0, DIGEST_LENGTH - LEADING)
  );
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

function userId(index: number): string {
  return `usr_${index.toString(16).padStart(32, '0')}`;
}

function sessionId(series: string, index: number): string {
  return `ses_${series}${index.toString(16).padStart(31, '0')}`;
}

function emailOf(index: number): string {
  return `user${index}@growth.example`;
}
