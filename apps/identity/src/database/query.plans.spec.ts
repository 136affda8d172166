import { randomBytes } from 'node:crypto';
import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { DEMO_READER_ID } from '@gatehouse/contracts';
import type { EntitySubscriberInterface } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUser } from '../accounts/new.user.js';
import { User } from '../accounts/user.entity.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { AuditEventsRepository } from '../audit/audit-events.repository.js';
import { Housekeeping } from '../housekeeping/housekeeping.js';
import { digestOf } from '../secrets/opaque.token.js';
import { newId } from './identifier.js';
import { Mail } from '../mail/mail.entity.js';
import { DueMails } from '../mail/sending/due.mails.js';
import { RefreshToken } from '../sessions/refresh-token.entity.js';
import { Session } from '../sessions/session.entity.js';
import { Sessions } from '../sessions/sessions.service.js';
import { userToken } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { openRenewableSession, refresh } from '../testing/renewable.session.js';

type Statement = [sql: string, parameters: unknown[]];

const MANY = 2_000;

describe.each(testDatabases())('every query on $name', ({ name, ...kind }) => {
  let app: IdentityTestApp;
  beforeAll(async () => {
    app = await createIdentityTestApp({ database: { name, ...kind } });
    await fill(app.get(Database));
  });
  afterAll(() => app.close());

  /** What was sent while `work` ran; of SQLite, which writes through another connection, the reads. */
  const statementsOf = async (work: () => Promise<unknown>): Promise<Statement[]> => {
    const { dataSource } = app.get(Database);
    const statements: Statement[] = [];
    const listener: EntitySubscriberInterface = {
      afterQuery: ({ query, parameters = [] }) => void statements.push([query, parameters as unknown[]]),
    };
    dataSource.subscribers.push(listener);
    await work();
    dataSource.subscribers.splice(dataSource.subscribers.indexOf(listener), 1);
    // The few keys are all read every now and then, whatever else is done.
    return statements.filter(([sql]) => /^(SELECT|UPDATE|DELETE)(?!.*signing_keys)/.test(sql));
  };

  /** The statements that look at every row of a table. */
  const scansIn = async (statements: Statement[]): Promise<string[]> => {
    const scans: string[] = [];
    for (const [sql, parameters] of statements) {
      const explain = name === 'mysql' ? 'EXPLAIN' : 'EXPLAIN QUERY PLAN';
      const plan: Record<string, unknown>[] = await app
        .get(Database)
        .manager.query(`${explain} ${sql}`, parameters);
      if (plan.some(isScan)) scans.push(sql);
    }
    return scans;
  };

  it('of a sign-in uses an index', async () => {
    const statements = await statementsOf(() => userToken(app));
    expect(statements.length).toBeGreaterThan(0);
    expect(await scansIn(statements)).toEqual([]);
  });

  it('of a refresh, a repeat and a reuse uses an index', async () => {
    const { refreshToken } = await openRenewableSession(app);
    const statements = await statementsOf(async () => {
      const { body } = await refresh(app, refreshToken);
      await refresh(app, refreshToken);
      await refresh(app, body['refresh_token']!);
      await refresh(app, refreshToken);
    });
    expect(statements.some(([sql]) => sql.startsWith('UPDATE'))).toBe(name === 'mysql');
    expect(await scansIn(statements)).toEqual([]);
  });

  it('of a token for a client, and of what becomes of one, uses an index', async () => {
    const statements = await statementsOf(async () => {
      const client = { client_id: 'consumer', client_secret: 'consumer-secret-for-development' };
      expect((await app.form('/oauth/token', { grant_type: 'client_credentials', ...client })).status).toBe(
        200,
      );
      const { refreshToken: token } = await openRenewableSession(app);
      for (const each of [token, await userToken(app)]) {
        const { status } = await app.form('/oauth/introspect', { token: each, ...client });
        expect(status).toBe(200);
      }
    });
    expect(
      statements.filter(([sql]) => /FROM (clients|refresh_tokens|sessions)/.test(sql)).length,
    ).toBeGreaterThan(4);
    expect(await scansIn(statements)).toEqual([]);
  });

  it('of the session list and of their end uses an index', async () => {
    const statements = await statementsOf(async () => {
      await app.get(Sessions).listOf(DEMO_READER_ID);
      await app
        .get(Database)
        .transaction((manager) => app.get(Sessions).end(manager, { userId: DEMO_READER_ID }));
    });
    expect(statements.length).toBeGreaterThan(0);
    expect(await scansIn(statements)).toEqual([]);
  });

  it('of what admins look at uses an index', async () => {
    const users = app.get(UsersRepository);
    const events = app.get(AuditEventsRepository);
    const page = { limit: 50, after: 'usr_5' };
    const statements = await statementsOf(async () => {
      await users.findPage(page);
      await users.findPage({ limit: 50 }, '12');
      await users.findPage(page, '12');
      for (const choice of [{}, { type: 'user.sign_in' }, { subject: DEMO_READER_ID }])
        await events.findPage({ limit: 50 }, { ...choice, since: '2026-01-01T00:00:00Z' });
    });
    const looks = statements.filter(([sql]) => /users|audit_events/.test(sql));
    expect(looks).toHaveLength(6);
    expect(await scansIn(looks)).toEqual([]);
  });

  it('of looking for mails to send uses an index', async () => {
    const statements = await statementsOf(async () => {
      await app.get(DueMails).claim(4);
      await app.get(DueMails).count();
    });
    expect(statements.length).toBeGreaterThan(1);
    expect(await scansIn(statements)).toEqual([]);
  });

  it('of housekeeping uses an index', async () => {
    await expire(app.get(Database));
    const statements = await statementsOf(() => app.get(Housekeeping).step());
    const looks = statements.filter(([sql]) => sql.startsWith('SELECT'));
    expect(looks.length).toBeGreaterThan(1);
    expect(await scansIn(statements)).toEqual([]);
  });

  it('that does scan is noticed here', async () => {
    expect(await scansIn([['SELECT * FROM users WHERE locale = ?', ['en']]])).toHaveLength(1);
  });
});

/** Not of what a part of the statement itself has found, such as `<derived3>`. */
function isScan({ type, table, detail }: Record<string, unknown>): boolean {
  return (type === 'ALL' && !String(table).startsWith('<')) || /^SCAN (?!lapsed)/.test(String(detail));
}

/** Enough rows for a plan to say what it would do with many. */
async function fill(database: Database): Promise<void> {
  const users = Array.from({ length: MANY }, (_, i) => newUser({ email: `${i}@example.com`, locale: 'en' }));
  const now = new Date();
  const soon = new Date(now.getTime() + 3_600_000);
  const sessions = users.map(({ id: userId }): Session => ({
    id: `ses_${randomBytes(16).toString('hex')}`,
    userId,
    clientId: 'gatehouse:test',
    scope: 'account',
    device: null,
    deviceToken: null,
    address: '127.0.0.1',
    createdAt: now,
    lastUsedAt: now,
    idleExpiresAt: soon,
    expiresAt: soon,
    tokensExpireAt: soon,
    endedAt: null,
  }));
  const tokens = sessions.map(({ id }): RefreshToken => ({
    digest: digestOf(id),
    sessionId: id,
    createdAt: now,
    spentAt: null,
  }));
  const mails = users.map(({ id: userId, email: recipient }, i): Mail => ({
    id: newId('mai'),
    template: 'password_changed',
    locale: 'en',
    recipient,
    userId,
    sealedLink: null,
    createdAt: now,
    attempts: 1,
    nextAttemptAt: i % 100 === 0 ? now : null,
    sentAt: i % 100 === 0 ? null : now,
    deadAt: null,
  }));
  for (let start = 0; start < MANY; start += 200) {
    const some = <Row>(rows: Row[]) => rows.slice(start, start + 200);
    await database.transaction(async (manager) => {
      await manager.insert(User, some(users));
      await manager.insert(Session, some(sessions));
      await manager.insert(RefreshToken, some(tokens));
      await manager.insert(Mail, some(mails));
    });
  }
  if (database.dataSource.options.type === 'mysql') {
    await database.manager.query('ANALYZE TABLE users, sessions, refresh_tokens, mails');
  }
}

/** Lets a few rows of each sort go, which the spec before has not asked for. */
async function expire(database: Database): Promise<void> {
  const sql = 'SELECT id FROM sessions ORDER BY id LIMIT 10';
  const rows = (await database.manager.query(sql)) as { id: string }[];
  const past = new Date(Date.now() - 7_200_000);
  await database.transaction((manager) =>
    manager.update(
      Session,
      rows.map(({ id }) => id),
      { idleExpiresAt: past, tokensExpireAt: past },
    ),
  );
}
