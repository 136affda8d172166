import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { User } from '../accounts/user.entity.js';
import { AuditEvent, type AuditEventType } from '../audit/audit-event.entity.js';
import { adminOf, type AdminCall } from '../testing/admin.js';
import { ADMIN, serviceToken, userToken } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { lastMailTo } from '../testing/mails.js';

const PASSWORD = 'correct horse battery';
const OWN = '/users/usr_demo_admin';

describe.each(testDatabases())('/admin/users on $name', (database) => {
  let app: IdentityTestApp;
  let admin: AdminCall;
  let count = 0;
  beforeAll(async () => {
    app = await createIdentityTestApp({ database });
    admin = await adminOf(app);
  });
  afterAll(() => app.close());

  const invite = async (roles: string[] = []) => {
    const email = `colleague${(count += 1)}@example.com`;
    const { status, body } = await admin('POST', '/users', { email, roles });
    expect(status).toBe(201);
    return { id: String(body['id']), email, path: `/users/${String(body['id'])}` };
  };
  const inviteAndAccept = async (roles: string[] = []) => {
    const user = await invite(roles);
    const { token } = await lastMailTo(app, user.email);
    expect((await app.form('/password_resets/form', { token, password: PASSWORD })).status).toBe(204);
    return { ...user, token: await userToken(app, { email: user.email, password: PASSWORD }) };
  };
  const eventsOf = (subjectId: string, type: AuditEventType) =>
    app.get(Database).manager.findBy(AuditEvent, { subjectId, type });

  it('is for admins alone: the scope and the role, and no service', async () => {
    for (const token of [await userToken(app), await serviceToken(app)]) {
      const other = await adminOf(app, token);
      expect((await other('GET', '/users')).body).toMatchObject({ status: 403, code: 'insufficient_scope' });
    }
    expect((await (await adminOf(app, 'none'))('GET', '/users')).status).toBe(401);
  });

  it('makes an account whose owner sets the password by a mail', async () => {
    const { id, email, path } = await invite(['admin']);
    expect((await admin('GET', path)).body).toEqual({
      id,
      email,
      email_confirmed: false,
      locale: 'en',
      roles: ['admin'],
      disabled: false,
      password_reset_required: true,
      last_sign_in_at: null,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    expect(await lastMailTo(app, email)).toMatchObject({ template: 'invitation' });
    expect(await eventsOf(id, 'user.invitation')).toMatchObject([
      { actorId: 'usr_demo_admin', address: '127.0.0.1' },
    ]);
  });

  // To MySQL's `=` a text with spaces behind it is the same text.
  it('knows accounts by their ids to the letter, the own one too', async () => {
    const padded = `${OWN}%20`;
    expect((await admin('GET', padded)).status).toBe(404);
    expect((await admin('PATCH', padded, { disabled: true })).status).toBe(404);
    expect((await admin('DELETE', padded)).status).toBe(404);
    expect((await admin('GET', OWN)).body).toMatchObject({ disabled: false, roles: ['admin'] });
  });

  it('says what is wrong with an account that cannot be made', async () => {
    const taken = await admin('POST', '/users', { email: ADMIN.email, roles: [] });
    expect(taken.body).toMatchObject({ status: 409, code: 'conflict' });
    const { body } = await admin('POST', '/users', { email: 'nobody', roles: ['king'] });
    expect(body).toMatchObject({ status: 400, code: 'validation_failed' });
    expect(Object.keys(body['errors'] as object)).toEqual(['email', 'roles']);
  });

  it('finds accounts by how their address begins, whatever its case and signs', async () => {
    const addresses = ['per_cent%a@example.com', 'per_cent%b@example.com', 'perxcent%c@example.com'];
    for (const email of addresses) await admin('POST', '/users', { email, roles: [] });
    const found = await admin('GET', `/users?q=${encodeURIComponent('Per_cent%')}`);
    expect(found.body.map(({ email }) => email)).toEqual(addresses.slice(0, 2));
    expect((await admin('GET', '/users?q=example')).body).toEqual([]);
  });

  it('pages through all of them in order, and links to the next page', async () => {
    for (let i = 0; i < 3; i += 1) await invite();
    const seen: string[] = [];
    let next: string | undefined = '/users?limit=2&q=colleague';
    while (next) {
      const { body, headers }: Awaited<ReturnType<AdminCall>> = await admin('GET', next);
      expect(body.length).toBeLessThanOrEqual(2);
      seen.push(...body.map(({ id }) => String(id)));
      next = /^<\/admin(.*)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
    }
    expect(seen).toHaveLength(count);
    expect(seen).toEqual(seen.toSorted());
    for (const query of ['limit=0', 'limit=101', 'limit=x', 'after=', 'after=nope', 'q='])
      expect((await admin('GET', `/users?${query}`)).status).toBe(400);
  });

  it('changes roles, which ends the sessions; disables, which ends all; and tells the trail of each', async () => {
    const { id, path, token } = await inviteAndAccept(['admin']);
    const me = () => app.fetch('/me', { headers: { authorization: `Bearer ${token}` } });
    expect((await me()).status).toBe(200);
    expect((await admin('PATCH', path, { roles: [], locale: 'fr' })).body).toMatchObject({
      roles: [],
      locale: 'fr',
    });
    expect((await me()).status).toBe(401);
    expect((await admin('PATCH', path, { disabled: true })).body).toMatchObject({ disabled: true });
    expect((await admin('PATCH', path, { disabled: false })).body).toMatchObject({ disabled: false });
    for (const type of ['user.role_change', 'user.locale_change', 'user.disabling', 'user.enabling'] as const)
      expect(await eventsOf(id, type)).toMatchObject([{ actorId: 'usr_demo_admin', address: '127.0.0.1' }]);
    expect((await admin('PATCH', path, { disabled: 'yes', roles: 'admin' })).status).toBe(400);
  });

  it('requires a password reset, and deletes', async () => {
    const { id, path, token } = await inviteAndAccept();
    expect((await admin('POST', `${path}/require_password_reset`)).status).toBe(204);
    expect((await admin('GET', path)).body).toMatchObject({ password_reset_required: true });
    expect((await app.fetch('/me', { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
    expect((await admin('DELETE', path)).status).toBe(204);
    expect((await admin('GET', path)).status).toBe(404);
    expect(await eventsOf(id, 'user.deletion')).toMatchObject([{ actorId: 'usr_demo_admin' }]);
  });

  it('shows and ends the sessions of a user', async () => {
    const { id, path, token } = await inviteAndAccept();
    const { body } = await admin('GET', `${path}/sessions`);
    expect(body).toMatchObject([{ client_id: 'gatehouse:knock', current: false }]);
    expect((await admin('DELETE', `${path}/sessions`)).status).toBe(204);
    expect((await admin('GET', `${path}/sessions`)).body).toEqual([]);
    expect((await app.fetch('/me', { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
    expect(await eventsOf(id, 'session.end')).toMatchObject([{ details: { reason: 'ended_by_admin' } }]);
  });

  it('does not know unknown users', async () => {
    const routes = [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/unlock'],
      ['POST', '/require_password_reset'],
      ['GET', '/sessions'],
      ['DELETE', '/sessions'],
    ] as const;
    for (const [method, rest] of routes) {
      const { body } = await admin(method, `/users/usr_nobody${rest}`, method === 'PATCH' ? {} : undefined);
      expect(body).toMatchObject({ status: 404, code: 'not_found' });
    }
  });

  it('tells where the account is that it made', async () => {
    const made = await admin('POST', '/users', { email: 'located@example.com', roles: [] });
    expect(made.headers.get('location')).toBe(`/admin/users/${String(made.body['id'])}`);
  });

  it('lets no admin disable, demote or delete themselves, so that one is always left', async () => {
    const refusals = [
      await admin('PATCH', OWN, { disabled: true }),
      await admin('PATCH', OWN, { roles: [] }),
      await admin('DELETE', OWN),
    ];
    expect(refusals.map(({ body }) => body['code'])).toEqual(['conflict', 'conflict', 'conflict']);
    expect((await admin('PATCH', OWN, { locale: 'en', roles: ['admin'] })).status).toBe(200);
  });

  it('keeps the last admin, of whom others are left who cannot sign in, also where two leave at once', async () => {
    const leave = (token: string, password: string) =>
      app.fetch('/me', {
        method: 'DELETE',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ password }),
      });
    const [one, other] = [await inviteAndAccept(['admin']), await inviteAndAccept(['admin'])];
    await invite(['admin']);
    const { manager } = app.get(Database);
    const others = (await manager.find(User)).filter(({ id }) => id !== one.id && id !== other.id);
    await app.get(Database).transaction(async (writing) => {
      for (const { id } of others) await writing.update(User, { id }, { passwordResetRequired: true });
    });
    const answers = await Promise.all([one, other].map(({ token }) => leave(token, PASSWORD)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409]);
    const refused = answers.find(({ status }) => status === 409)!;
    expect(await refused.json()).toMatchObject({ code: 'conflict' });
  });

  it('lets one of two admins win who demote each other at once', async () => {
    const [one, other] = [await inviteAndAccept(['admin']), await inviteAndAccept(['admin'])];
    const [asOne, asOther] = [await adminOf(app, one.token), await adminOf(app, other.token)];
    const answers = await Promise.all([
      asOne('PATCH', other.path, { roles: [] }),
      asOther('PATCH', one.path, { roles: [] }),
    ]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    const roles = (await app.get(Database).manager.findBy(User, [{ id: one.id }, { id: other.id }])).map(
      (user) => user.roles,
    );
    expect(roles.flat()).toEqual(['admin']);
  });
});
