import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AuditEvent } from '../../audit/audit-event.entity.js';
import { Session } from '../../sessions/session.entity.js';
import { createApiKey } from '../../testing/api.keys.js';
import { claimsOf, CONSUMER, READER, userToken } from '../../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../../testing/identity.test-app.js';
import { lastMailTo, mailsTo } from '../../testing/mails.js';

const PASSWORD = 'correct horse battery';
let count = 0;

describe.each(testDatabases())('the own account on $name', (database) => {
  let app: IdentityTestApp;
  let email: string;
  let token: string;
  beforeAll(async () => void (app = await createIdentityTestApp({ database })));
  afterAll(() => app.close());

  const signUp = async (address: string) => {
    await app.post('/users', { email: address, password: PASSWORD });
    await app.post('/confirmation', { token: (await lastMailTo(app, address)).token });
  };
  beforeEach(async () => {
    email = `user${(count += 1)}@example.com`;
    await signUp(email);
    token = await userToken(app, { email, password: PASSWORD });
  });

  const request = (method: string, path: string, body?: object, bearer = token) =>
    app.fetch(path, {
      method,
      headers: { authorization: `Bearer ${bearer}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
  const json = async (answer: Promise<Response>) => (await answer).json() as Promise<Record<string, unknown>>;
  const signIn = (password: string) => app.post('/user_token', { auth: { email, password } });

  it('tells caches to keep nothing of it', async () => {
    const answers = await Promise.all([
      request('GET', '/me'),
      request('PATCH', '/me', {}),
      request('GET', '/me/sessions'),
      request('GET', '/me/api_keys'),
    ]);
    const told = answers.map(({ status, headers }) => [status, headers.get('cache-control')]);
    expect(told).toEqual(answers.map(() => [200, 'no-store']));
  });

  it('shows a user without secrets', async () => {
    const answer = await request('GET', '/me');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const user = (await answer.json()) as Record<string, unknown>;
    expect(Object.keys(user)).toEqual([
      'id',
      'email',
      'email_confirmed',
      'locale',
      'roles',
      'created_at',
      'updated_at',
    ]);
    expect(user).toMatchObject({ email, email_confirmed: true, locale: 'en', roles: [] });
    expect(user['created_at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('is closed to nobody and to services', async () => {
    expect((await app.fetch('/me')).status).toBe(401);
    const service = await json(app.form('/oauth/token', { grant_type: 'client_credentials', ...CONSUMER }));
    const answer = await request('GET', '/me', undefined, String(service['access_token']));
    expect(answer.status).toBe(403);
  });

  it('changes the language, and refuses one it does not know', async () => {
    expect(await json(request('PATCH', '/me', { locale: 'ja' }))).toMatchObject({ locale: 'ja', email });
    expect(await json(request('GET', '/me'))).toMatchObject({ locale: 'ja' });
    expect((await request('PATCH', '/me', { locale: 'xx' })).status).toBe(400);
    expect((await request('PATCH', '/me', {})).status).toBe(200);
  });

  it('tells when the user was changed: not by signing in, by an API key or by asking for something', async () => {
    const updatedAt = async () => (await json(request('GET', '/me')))['updated_at'];
    const before = await updatedAt();
    await signIn(PASSWORD);
    await request('POST', '/me/api_keys', { name: 'a key' });
    await request('PATCH', '/me', { email: `other-${email}` });
    await app.post('/password_resets', { email });
    expect(await updatedAt()).toBe(before);
    const { updated_at: changed } = await json(request('PATCH', '/me', { locale: 'fr' }));
    expect(changed).toEqual(expect.not.stringMatching(String(before)));
    expect(await updatedAt()).toBe(changed);
  });

  it('changes the address once the new one is confirmed, and tells both', async () => {
    const next = `next-${email}`;
    expect(await json(request('PATCH', '/me', { email: next.toUpperCase() }))).toMatchObject({ email });
    expect(await lastMailTo(app, email)).toMatchObject({ template: 'email_change_requested', token: '' });
    const mail = await lastMailTo(app, next);
    expect(mail.template).toBe('email_change');

    expect((await app.post('/confirmation', { token: mail.token })).status).toBe(204);
    expect(await json(request('GET', '/me'))).toMatchObject({ email: next, email_confirmed: true });
    expect(await lastMailTo(app, email)).toMatchObject({ template: 'email_changed' });
    expect(await lastMailTo(app, next)).toMatchObject({ template: 'email_changed' });
    expect((await app.post('/confirmation', { token: mail.token })).status).toBe(400);
  });

  it('confirms the address alone that was asked for last: another one may have been a slip', async () => {
    const ask = (address: string) => request('PATCH', '/me', { email: address });
    const linkTo = async (address: string) => (await lastMailTo(app, address)).token;
    const confirm = async (linked?: string) => (await app.post('/confirmation', { token: linked })).status;
    await ask('slip@example.com');
    await ask('meant@example.com');
    expect(await confirm(await linkTo('slip@example.com'))).toBe(400);
    await ask(email);
    expect(await confirm(await linkTo('meant@example.com'))).toBe(400);
    expect(await json(request('GET', '/me'))).toMatchObject({ email });
  });

  it('takes no new address from a session that has ended, also where its end is not known yet', async () => {
    const { sid } = claimsOf(token) as { sid: string };
    // As another replica ended it: nothing has told this one.
    await app
      .get(Database)
      .transaction((manager) => manager.update(Session, { id: sid }, { endedAt: new Date() }));
    expect((await request('PATCH', '/me', { email: 'thief@example.com' })).status).toBe(401);
    expect(await mailsTo(app, 'thief@example.com')).toEqual([]);
  });

  it('tells the owner of a taken address, and nobody else', async () => {
    const asked = await json(request('PATCH', '/me', { email: READER.email }));
    expect(asked).toMatchObject({ email });
    expect(await lastMailTo(app, READER.email)).toMatchObject({ template: 'address_taken' });
  });

  it('gives an address to one of two who want it', async () => {
    const next = `wanted-${email}`;
    await request('PATCH', '/me', { email: next });
    const { token: link } = await lastMailTo(app, next);
    await signUp(next);
    expect((await app.post('/confirmation', { token: link })).status).toBe(400);
    expect(await json(request('GET', '/me'))).toMatchObject({ email });
  });

  it('changes the password for who knows it, and ends the other sessions', async () => {
    const other = await userToken(app, { email, password: PASSWORD });
    const change = (current_password: string, password: string) =>
      request('POST', '/me/password', { current_password, password });

    const wrong = await change('not the password', 'a brand new password');
    expect([wrong.status, await wrong.json()]).toMatchObject([
      400,
      { errors: { current_password: [expect.any(String)] } },
    ]);
    expect((await change(PASSWORD, 'too short')).status).toBe(400);
    expect((await change(PASSWORD, 'a brand new password')).status).toBe(204);

    expect((await request('GET', '/me')).status).toBe(200);
    expect((await request('GET', '/me', undefined, other)).status).toBe(401);
    expect((await signIn(PASSWORD)).status).toBe(401);
    expect((await signIn('a brand new password')).status).toBe(201);
    expect(await lastMailTo(app, email)).toMatchObject({ template: 'password_changed' });
  });

  it('lets one of many concurrent password changes win', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        request('POST', '/me/password', {
          current_password: PASSWORD,
          password: `a brand new password ${index}`,
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(11);
  });

  it('ends links that were asked for before the password changed', async () => {
    await request('PATCH', '/me', { email: `thief-${email}` });
    await app.post('/password_resets', { email });
    await request('POST', '/me/password', { current_password: PASSWORD, password: 'a brand new password' });
    const { token: link } = await lastMailTo(app, `thief-${email}`);
    expect((await app.post('/confirmation', { token: link })).status).toBe(400);
  });

  it('exports everything but secrets', async () => {
    await createApiKey(app, {}, token);
    const answer = await request('GET', '/me/export');
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({
      user: { email, email_confirmed_at: expect.any(String) },
      sessions: [{ client_id: 'gatehouse:knock', address: '127.0.0.1' }],
      api_keys: [{ name: 'ci' }],
      mails: [{ template: 'confirmation', recipient: email }],
      audit_events: expect.arrayContaining([
        expect.objectContaining({ type: 'user.sign_in', address: '127.0.0.1' }),
      ]),
    });
    expect(text).not.toMatch(/digest|sealed|argon2/);
  });

  it('deletes the account of who knows the password, and all that was kept', async () => {
    const { id } = await json(request('GET', '/me'));
    await createApiKey(app, {}, token);
    expect((await request('DELETE', '/me', { password: 'not the password' })).status).toBe(400);
    expect((await request('DELETE', '/me', { password: PASSWORD })).status).toBe(204);

    expect((await request('GET', '/me')).status).toBe(401);
    expect((await signIn(PASSWORD)).status).toBe(401);
    expect(await mailsTo(app, email)).toEqual([]);
    const { manager } = app.get(Database);
    for (const table of ['sessions', 'api_keys', 'one_time_tokens', 'mails']) {
      expect(await manager.query(`SELECT * FROM ${table} WHERE user_id = '${String(id)}'`)).toEqual([]);
    }
    const events = await manager.findBy(AuditEvent, { subjectId: String(id) });
    expect(events.map(({ type }) => type)).toContain('user.deletion');
    for (const { address, device } of events.filter(({ actorId }) => actorId === id)) {
      expect([address, device]).toEqual([null, null]);
    }
    await signUp(email);
  });
});
