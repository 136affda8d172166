import { Database, Metrics } from '@gatehouse/service-kit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { newUser } from '../accounts/new.user.js';
import { User } from '../accounts/user.entity.js';
import { PasswordHasher } from '../accounts/hashing/password.hasher.js';
import { AuditEvent } from '../audit/audit-event.entity.js';
import { adminOf } from '../testing/admin.js';
import { READER, userToken } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { lastMailTo } from '../testing/mails.js';
import { failuresThen, statusesOf, trySignIn } from '../testing/sign-in.attempts.js';

const PASSWORD = 'correct horse battery';
const HOME = '203.0.113.1';
const ELSEWHERE = '198.51.100.1';

describe('limits to signing in', () => {
  let app: IdentityTestApp;
  let email: string;
  let id: string;
  let digest: string;
  let count = 0;
  beforeAll(async () => {
    const environment = { LOGIN_LIMITS: 'on', LOGIN_MAX_FAILURES: '3', TRUST_PROXY: '127.0.0.1' };
    app = await createIdentityTestApp({ environment });
    digest = await app.get(PasswordHasher).hash(PASSWORD);
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    email = `user${(count += 1)}@example.com`;
    const user = newUser({ email, locale: 'en', passwordDigest: digest, emailConfirmedAt: new Date() });
    await app.get(Database).transaction((manager) => manager.insert(User, user));
    id = user.id;
  });
  afterEach(() => vi.useRealTimers());

  const right = (from: string) => trySignIn(app, { email, password: PASSWORD, from });
  // Each test has a network of its own, so that none uses up another's.
  const network = () => `192.0.2.${count}`;

  it('answer the same from then on, whatever the password, known address or not', async () => {
    const from = network();
    const unknown = `nobody${count}@example.com`;
    for (const tried of [email, unknown])
      expect(await statusesOf(app, 4, () => ({ email: tried, from }))).toEqual(failuresThen(3, 429));
    const answers = [await right(from), await trySignIn(app, { email: unknown, from })];
    const [one, other] = await Promise.all(answers.map(async (answer) => answer.json() as Promise<object>));
    expect({ ...one, request_id: '' }).toEqual({ ...other, request_id: '' });
    expect(one).toMatchObject({ status: 429, code: 'too_many_requests' });
    const retryAfter = Number(answers[0]!.headers.get('retry-after'));
    expect(retryAfter).toBeGreaterThan(890);
    expect(retryAfter).toBeLessThanOrEqual(900);
  });

  it('hold for many at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => trySignIn(app, { email, from: network() })),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(3);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(17);
  });

  it('take the address as accounts do: without case and spaces', async () => {
    const written = [email, email.toUpperCase(), ` ${email}`, `${email} `];
    expect(await statusesOf(app, 4, (index) => ({ email: written[index]!, from: network() }))).toEqual(
      failuresThen(3, 429),
    );
  });

  it('begin anew with every success, and when a quarter of an hour is over', async () => {
    const from = network();
    for (const _ of [1, 2, 3]) {
      expect(await statusesOf(app, 2, () => ({ email, from }))).toEqual([401, 401]);
      expect((await right(from)).status).toBe(201);
    }
    expect(await statusesOf(app, 4, () => ({ email, from }))).toEqual(failuresThen(3, 429));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 901_000 });
    expect((await right(from)).status).toBe(201);
  });

  it('count no right password, be the account open or not', async () => {
    await app
      .get(Database)
      .transaction((manager) => manager.update(User, { id }, { disabledAt: new Date() }));
    const attempt = () => ({ email, password: PASSWORD, from: network() });
    expect(await statusesOf(app, 5, attempt)).toEqual([403, 403, 403, 403, 403]);
  });

  it('hold at every door alike', async () => {
    const headers = { 'x-forwarded-for': network() };
    await statusesOf(app, 3, () => ({ email, from: network() }));
    const credentials = { email, password: PASSWORD };
    const answers = await Promise.all([
      app.form('/oauth/token', { grant_type: 'password', ...credentials }, headers),
      app.post('/api/v1/login', { grant_type: 'password', ...credentials }, headers),
      app.post('/api/users', { user: credentials }, headers),
      app.post('/sessions', credentials, headers),
    ]);
    const bodies = await Promise.all(answers.map(async (answer) => answer.json() as Promise<object>));
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 429, 429]);
    expect(bodies).toMatchObject([
      { error: 'temporarily_unavailable' },
      { response_code: 'devise.failure.locked' },
      { code: 'too_many_requests' },
      { data: null, result_code: 'too_many_requests' },
    ]);
    for (const { headers: own } of answers) expect(Number(own.get('retry-after'))).toBeGreaterThan(0);
  });

  it('stop somebody who tries many accounts from one network: of IPv6, from all of a /64', async () => {
    const from = (index: number) => `2001:db8:0:${count}::${index + 1}`;
    const attempt = (index: number) => ({ email: `${index}-${email}`, from: from(index) });
    expect(await statusesOf(app, 31, attempt)).toEqual(failuresThen(30, 429));
    const { status, headers } = await right(from(99));
    expect([status, headers.get('ratelimit-policy')]).toEqual([429, '"sign-ins-from-here";q=30;w=900']);
    expect(headers.get('ratelimit')).toBe(`"sign-ins-from-here";r=0;t=${headers.get('retry-after')}`);
    expect((await right(`2001:db8:1:${count}::1`)).status).toBe(201);
  });

  it('let nobody lock a user out of where the user has signed in before', async () => {
    expect((await right(HOME)).status).toBe(201);
    expect(await statusesOf(app, 4, () => ({ email, from: ELSEWHERE }))).toEqual(failuresThen(3, 429));
    expect((await right(HOME)).status).toBe(201);
    expect((await right(ELSEWHERE)).status).toBe(429);
    expect(await statusesOf(app, 4, () => ({ email, from: HOME }))).toEqual(failuresThen(3, 429));
  });

  it('give way to whoever sets a new password by mail, from wherever', async () => {
    await statusesOf(app, 3, () => ({ email, from: network() }));
    await app.post('/password_resets', { email }, { 'x-forwarded-for': network() });
    const { token } = await lastMailTo(app, email);
    const fields = { token, password: `${PASSWORD} staple` };
    await app.form('/password_resets/form', fields, { 'x-forwarded-for': network() });
    const answer = await trySignIn(app, { email, password: fields.password, from: network() });
    expect(answer.status).toBe(201);
  });

  it('leave one event of each lock-out, and count every refusal', async () => {
    const refusals = async () => {
      const text = await app.get(Metrics).text();
      return ['account', 'confirmation'].map((limit) =>
        Number(
          new RegExp(`^identity_throttled_total\\{limit="${limit}"\\} (\\d+)$`, 'm').exec(text)?.[1] ?? 0,
        ),
      );
    };
    const before = await refusals();
    const token = await userToken(app, { email, password: PASSWORD });
    const from = '198.51.100.77';
    await statusesOf(app, 8, () => ({ email, from }));
    for (const _ of [1, 2, 3, 4, 5, 6])
      await app.post(
        '/me/password',
        { current_password: 'wrong', password: `${PASSWORD} staple` },
        { authorization: `Bearer ${token}`, 'x-forwarded-for': from },
      );
    const where = { type: 'user.lock_out' as const, subjectId: id };
    const events = await app.get(Database).manager.find(AuditEvent, { where, order: { id: 'ASC' } });
    expect(events).toMatchObject([
      { outcome: 'failure', actorId: null, address: from, details: { limit: 'account' } },
      { outcome: 'failure', actorId: null, address: from, details: { limit: 'confirmation' } },
    ]);
    const after = await refusals();
    expect(after.map((count, index) => count - before[index]!)).toEqual([5, 3]);
  });

  it('leave an event of a lock-out at an address that nobody has', async () => {
    const from = '198.51.100.78';
    await statusesOf(app, 5, () => ({ email: `nobody-${email}`, from }));
    const events = await app
      .get(Database)
      .manager.findBy(AuditEvent, { type: 'user.lock_out', address: from });
    expect(events).toMatchObject([{ subjectId: null }]);
    expect(JSON.stringify(events)).not.toContain('nobody');
  });

  it('are lifted by an admin, which the audit trail tells', async () => {
    const admin = await adminOf(app);
    for (const from of [network(), HOME]) {
      await statusesOf(app, 3, () => ({ email, from }));
      expect((await right(from)).status).toBe(429);
      expect((await admin('POST', `/users/${id}/unlock`)).status).toBe(204);
      expect((await right(from)).status).toBe(201);
    }
    const events = await app.get(Database).manager.findBy(AuditEvent, { type: 'user.unlocking' });
    expect(events[0]).toMatchObject({ actorId: 'usr_demo_admin', subjectId: id, address: '127.0.0.1' });
  });

  it('hold where the current password is asked for, and there alone', async () => {
    const token = await userToken(app, { email, password: PASSWORD });
    const authorization = { authorization: `Bearer ${token}` };
    const change = (current_password: string) =>
      app.post('/me/password', { current_password, password: `${PASSWORD} staple` }, authorization);
    const statuses = [];
    for (const _ of [1, 2, 3]) statuses.push((await change('wrong')).status);
    const { status, headers } = await change(PASSWORD);
    expect([...statuses, status]).toEqual([400, 400, 400, 429]);
    expect(headers.get('ratelimit-policy')).toBe('"current-passwords";q=3;w=900');
    const removal = await app.fetch('/me', {
      method: 'DELETE',
      headers: { ...authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ password: PASSWORD }),
    });
    expect(removal.status).toBe(429);
    expect((await right(network())).status).toBe(201);
  });
});

describe('limits to signing in, where no proxy is trusted', () => {
  it('allow ten failures by default, and are not moved by what a caller claims', async () => {
    const app = await createIdentityTestApp({ environment: { LOGIN_LIMITS: 'on' } });
    const attempt = (index: number) => ({ email: READER.email, from: `203.0.113.${index}` });
    const statuses = await statusesOf(app, 11, attempt);
    await app.close();
    expect(statuses).toEqual(failuresThen(10, 429));
  });
});
