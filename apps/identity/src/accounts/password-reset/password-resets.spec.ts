import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, READER, userToken } from '../../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../../testing/identity.test-app.js';
import { lastMailTo, mailsTo } from '../../testing/mails.js';
import { OneTimeToken } from '../links/one-time-token.entity.js';
import { digestOf } from '../../secrets/opaque.token.js';

describe.each(testDatabases())('password resets on $name', (database) => {
  let app: IdentityTestApp;
  let replica: IdentityTestApp;
  beforeAll(async () => {
    app = await createIdentityTestApp({ database });
    replica = await createIdentityTestApp({ databaseUrl: app.databaseUrl });
  });
  afterAll(async () => {
    await replica.close();
    await app.close();
  });

  const ask = async (email: string) => {
    const answer = await app.post('/password_resets', { email });
    return [answer.status, await answer.text()];
  };
  const reset = (token: string, password: string, at = app) =>
    at.fetch('/password_resets', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, password }),
    });
  const signIn = (password: string, { email } = READER) =>
    app.post('/user_token', { auth: { email, password } });
  const me = (token: string) => app.fetch('/me', { headers: { authorization: `Bearer ${token}` } });
  const tokens = (userId: string) => app.get(Database).manager.countBy(OneTimeToken, { userId });

  it('answers the same whether or not the address has an account', async () => {
    expect(await ask('nobody@example.com')).toEqual(await ask(READER.email));
    expect(await mailsTo(app, 'nobody@example.com')).toEqual([]);
    expect(await lastMailTo(app, READER.email)).toMatchObject({ template: 'password_reset' });
  });

  it('sets the new password, ends every session, and tells the user', async () => {
    const sessions = [await userToken(app), await userToken(app)];
    await ask(` ${READER.email.toUpperCase()}`);
    const { token } = await lastMailTo(app, READER.email);
    expect((await reset(token, 'a brand new password')).status).toBe(204);

    for (const session of sessions) expect((await me(session)).status).toBe(401);
    expect((await signIn(READER.password)).status).toBe(401);
    expect((await signIn('a brand new password')).status).toBe(201);
    expect(await lastMailTo(app, READER.email)).toMatchObject({ template: 'password_changed', token: '' });
    expect(await tokens('usr_demo_reader')).toBe(0);
  });

  it('lets one of 50 uses at two replicas win', async () => {
    await ask(ADMIN.email);
    const { token } = await lastMailTo(app, ADMIN.email);
    const passwords = Array.from({ length: 50 }, (_, index) => `brand new password ${index}`);
    const answers = await Promise.all(
      passwords.map((password, index) => reset(token, password, index % 2 ? app : replica)),
    );
    const won = passwords.filter((_, index) => answers[index]!.status === 204);
    expect(won).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(49);
    expect((await signIn(won[0]!, ADMIN)).status).toBe(201);
  });

  it('keeps the link good while the password is refused', async () => {
    await ask(READER.email);
    const { token } = await lastMailTo(app, READER.email);
    const refused = await reset(token, 'reader reader reader');
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { errors: { password: [expect.any(String)] } },
    ]);
    expect((await reset(token, 'quite another password')).status).toBe(204);
  });

  it('ends the other links once one was used, and expired ones by themselves', async () => {
    await ask(READER.email);
    await ask(READER.email);
    const [latest, earlier] = await mailsTo(app, READER.email);
    expect((await reset(latest!.token, 'and one more password')).status).toBe(204);
    expect((await reset(earlier!.token, 'and one more password')).status).toBe(400);

    await ask(READER.email);
    const { token } = await lastMailTo(app, READER.email);
    const link = { digest: digestOf(token) };
    const { createdAt, expiresAt } = await app.get(Database).manager.findOneByOrFail(OneTimeToken, link);
    expect(expiresAt.getTime() - createdAt.getTime()).toBe(600_000);
    await app
      .get(Database)
      .transaction((manager) => manager.update(OneTimeToken, link, { expiresAt: new Date(Date.now() - 1) }));
    expect((await reset(token, 'and one more password')).status).toBe(400);
  });

  it('confirms the address: the link was read there', async () => {
    await app.post('/users', { email: 'late@example.com', password: 'correct horse battery' });
    await ask('late@example.com');
    const { token } = await lastMailTo(app, 'late@example.com');
    expect((await reset(token, 'a brand new password')).status).toBe(204);
    expect((await signIn('a brand new password', { ...READER, email: 'late@example.com' })).status).toBe(201);
  });

  it('takes no other link for this one', async () => {
    await app.post('/users', { email: 'new@example.com', password: 'correct horse battery' });
    const { token } = await lastMailTo(app, 'new@example.com');
    expect((await reset(token, 'a brand new password')).status).toBe(400);
    expect((await app.post('/confirmation', { token })).status).toBe(204);
  });

  it('keeps no link in the clear', async () => {
    await ask(READER.email);
    const { token } = await lastMailTo(app, READER.email);
    const { manager } = app.get(Database);
    for (const table of ['mails', 'one_time_tokens', 'audit_events']) {
      const rows = JSON.stringify(await manager.query(`SELECT * FROM ${table}`));
      expect(rows).not.toContain(token);
    }
  });
});
