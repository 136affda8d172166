import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from 'mysql2/promise';
import type { Answer, Replica } from './replica.ts';

/** Somebody with an account of their own, so that all rows about them are of one attempt. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly password: string;
}

/** A session as a client has it. */
export interface ClientSession {
  readonly id: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

type Value = string | null;

/** The feed takes up what is committed a moment later, whoever died in between. Milliseconds. */
const SOON = 2_000;

/** One identity, and the database behind its back. */
export class Scene {
  readonly replica: Replica;
  readonly #connection: Connection;

  constructor(replica: Replica, connection: Connection) {
    this.replica = replica;
    this.#connection = connection;
  }

  /** A user with the demo reader's password, without the cost of hashing it. */
  async newPerson(): Promise<Person> {
    const id = `usr_${randomBytes(16).toString('hex')}`;
    const email = newAddress();
    await this.#connection.execute(
      `INSERT INTO users (id, email, password_digest, password_reset_required, roles, locale, email_confirmed_at, created_at,
         updated_at) SELECT ?, ?, password_digest, 0, roles, locale, email_confirmed_at, created_at, updated_at
       FROM users WHERE id = 'usr_demo_reader'`,
      [id, email],
    );
    return { id, email, password: 'opensesame-please' };
  }

  signIn({ email }: Person, password: string): Promise<Answer | undefined> {
    return this.replica.post('/user_token', { auth: { email, password } });
  }

  /** Signs in at the door that gives refresh tokens. */
  async openSession({ email, password }: Person): Promise<ClientSession> {
    const request = { grant_type: 'password', username: email, password, device_token: 'device' };
    const answer = await this.replica.post('/oauth/token', request);
    if (answer?.status !== 200) throw new Error(`A sign-in was answered ${answer?.status}.`);
    const accessToken = String(answer.body['access_token']);
    const refreshToken = String(answer.body['refresh_token']);
    return { id: sessionOf(accessToken), accessToken, refreshToken };
  }

  /** Whether the guard lets the token in. */
  async isUsable(token: string): Promise<boolean> {
    const answer = await this.replica.send('/me', { headers: bearer(token) });
    return answer?.status === 200;
  }

  /** Whether soon none of the session's revocations waits for its place in the feed. */
  async isTold(sessionId: string): Promise<boolean> {
    const start = performance.now();
    while (await this.count('revocations WHERE revoked_id = ? AND position IS NULL', [sessionId])) {
      if (performance.now() - start > SOON) return false;
      await sleep(20);
    }
    return true;
  }

  async count(from: string, values: readonly Value[]): Promise<number> {
    const [row] = await this.rows(`SELECT COUNT(*) AS n FROM ${from}`, values);
    return Number(row?.['n']);
  }

  async rows(sql: string, values: readonly Value[]): Promise<Record<string, unknown>[]> {
    const [rows] = await this.#connection.execute(sql, [...values]);
    return rows as Record<string, unknown>[];
  }
}

export function newAddress(): string {
  return `${randomBytes(8).toString('hex')}@example.com`;
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

/** The session that an access token belongs to. */
export function sessionOf(token: string): string {
  const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(claims) as { sid: string }).sid;
}
