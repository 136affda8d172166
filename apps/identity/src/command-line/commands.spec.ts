import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEventsRepository } from '../audit/audit-events.repository.js';
import { adminOf } from '../testing/admin.js';
import { READER, userToken } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { operate } from '../testing/operator.js';

const PASSWORD = 'what an admin has chosen';

describe.each(testDatabases())('operators on $name', (database) => {
  let app: IdentityTestApp;
  beforeAll(async () => void (app = await createIdentityTestApp({ database })));
  afterAll(() => app.close());

  const run = (...args: string[]) => operate(app.databaseUrl, args);
  const json = async (...args: string[]) => {
    const { stdout } = await run(...args, '--json');
    return JSON.parse(stdout) as Record<string, unknown> & Record<string, unknown>[];
  };
  const refusal = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(...args);
    expect(stdout).toBe('');
    return [code, stderr];
  };
  const clientToken = (id: string, secret: unknown) =>
    app.form('/oauth/token', {
      grant_type: 'client_credentials',
      client_id: id,
      client_secret: String(secret),
    });
  const events = async (subject: string) => {
    const { entries } = await app.get(AuditEventsRepository).findPage({ limit: 50 }, { subject });
    return entries.map(({ type, actorId }) => [type, actorId]);
  };

  it('make an admin, who sets the password by the link and administers', async () => {
    const { id, link } = await json('create-admin', 'First@example.com', '--print-link', '--as', 'ada');
    const token = new URL(String(link)).searchParams.get('token');
    const answer = await app.fetch('/password_resets', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, password: PASSWORD }),
    });
    expect(answer.status).toBe(204);
    const admin = await adminOf(
      app,
      await userToken(app, { email: 'first@example.com', password: PASSWORD }),
    );
    expect((await admin('GET', `/users/${String(id)}`)).body).toMatchObject({ roles: ['admin'] });
    expect(await events(String(id))).toEqual(
      expect.arrayContaining([
        ['user.invitation', 'console:ada'],
        ['user.password_reset_request', 'console:ada'],
      ]),
    );
    expect(await refusal('create-admin', 'first@example.com')).toEqual([
      1,
      expect.stringContaining('users set-roles first@example.com admin'),
    ]);
  });

  it('disable a user at once, and enable them again', async () => {
    const token = await userToken(app);
    expect((await run('users', 'disable', READER.email)).stdout).toBe('reader@example.com is disabled.\n');
    await expect
      .poll(async () => (await app.fetch('/me', { headers: { authorization: `Bearer ${token}` } })).status)
      .toBe(401);
    expect((await app.post('/user_token', { auth: READER })).status).toBe(403);
    await run('users', 'enable', READER.email);
    expect((await app.post('/user_token', { auth: READER })).status).toBe(201);
  });

  it('change roles, and name what is no role', async () => {
    const { id } = await json('users', 'show', READER.email);
    await run('users', 'set-roles', String(id), 'admin');
    expect(await json('users', 'show', String(id))).toMatchObject({ roles: ['admin'] });
    await run('users', 'set-roles', String(id));
    expect(await json('users', 'show', String(id))).toMatchObject({ roles: [] });
    expect(await refusal('users', 'set-roles', String(id), 'emperor')).toEqual([
      2,
      expect.stringContaining('admin'),
    ]);
  });

  it('list sessions without letting a device speak to the terminal, and end them', async () => {
    await app.post('/user_token', { auth: READER }, { 'user-agent': 'evil\u009b31m' });
    const { stdout } = await run('sessions', 'list', READER.email);
    expect(stdout).toContain('evil?31m');
    const [first] = await json('sessions', 'list', READER.email);
    await run('sessions', 'end', READER.email, String(first!['id']));
    expect(await refusal('sessions', 'end', READER.email, String(first!['id']))).toEqual([
      1,
      'identity: There is no such session.\n',
    ]);
    await run('sessions', 'end', READER.email);
    expect(await json('sessions', 'list', READER.email)).toEqual([]);
  });

  it('make a client, whose secret is shown once, and give it another', async () => {
    const { secret } = await json('clients', 'create', 'shop', '--scope', 'articles:read');
    const rotated = await json('clients', 'rotate-secret', 'shop');
    for (const each of [secret, rotated['secret']])
      expect((await clientToken('shop', each)).status).toBe(200);
    await run('clients', 'disable', 'shop');
    expect((await clientToken('shop', secret)).status).toBe(401);
    expect((await run('clients', 'list')).stdout).not.toContain(String(secret));
    expect(await refusal('clients', 'create', 'x', '--scope', 'admin')).toEqual([
      2,
      'identity: admin cannot be given to a service\n',
    ]);
  });

  it('rotate keys', async () => {
    const before = await json('keys', 'list');
    expect(await json('keys', 'rotate')).toEqual({ rotated: true });
    expect((await json('keys', 'list')).length).toBe(before.length + 1);
  });

  it('are told that what counts in its own memory cannot be unlocked from outside', async () => {
    expect(await refusal('users', 'unlock', READER.email)).toEqual([1, expect.stringContaining('/unlock')]);
  });

  it.each([
    [1, 'There is no user nobody@example.com.', ['users', 'show', 'nobody@example.com']],
    [2, 'email must be an email address', ['create-admin', 'nobody']],
    [2, "unknown command 'shwo'", ['users', 'shwo']],
    [2, 'It must be a whole number', ['users', 'list', '--limit', 'all']],
    [2, '--as must be a name', ['users', 'list', '--as', 'two words']],
  ])('are told what is wrong: %i, %s', async (code, sentence, args) => {
    expect(await refusal(...args)).toEqual([code, expect.stringContaining(sentence)]);
  });
});

/** A Valkey or Redis for tests alone; other specs have other databases in it. */
const SERVER = process.env['TEST_REDIS_URL'];

describe.each(SERVER ? [new URL('/8', SERVER).href] : [])('operators where Valkey counts', (redisUrl) => {
  it('let somebody try again who has failed too often', async () => {
    const environment = { LOGIN_LIMITS: 'on', LOGIN_MAX_FAILURES: '2', REDIS_URL: redisUrl };
    const app = await createIdentityTestApp({ environment });
    const wrong = { email: 'reader@example.com', password: 'not the password' };
    for (const _ of [1, 2]) await app.post('/user_token', { auth: wrong });
    expect((await app.post('/user_token', { auth: READER })).status).toBe(429);
    const outcome = await operate(app.databaseUrl, ['users', 'unlock', READER.email], environment);
    expect(outcome).toEqual({ code: 0, stderr: '', stdout: 'reader@example.com may try again.\n' });
    expect((await app.post('/user_token', { auth: READER })).status).toBe(201);
    await app.close();
  });
});
