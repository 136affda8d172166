import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AuditEvent } from '../../audit/audit-event.entity.js';
import { Revocation } from '../../revocation/revocation.entity.js';
import { Session } from '../../sessions/session.entity.js';
import { createApiKey, exchangeApiKey } from '../../testing/api.keys.js';
import { claimsOf, userToken } from '../../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../../testing/identity.test-app.js';
import { lastMailTo } from '../../testing/mails.js';
import { User } from '../user.entity.js';
import { AccountAdministration } from './account-administration.service.js';
import { AddressTaken } from './administration.errors.js';
import { Invitations } from './invitations.service.js';

const PASSWORD = 'correct horse battery';
const ACT = { actorId: 'usr_demo_admin', origin: { address: '203.0.113.7', device: 'a browser' } };
let count = 0;

describe.each(testDatabases())('administering accounts on $name', (database) => {
  let app: IdentityTestApp;
  let accounts: AccountAdministration;
  let user: User;
  beforeAll(async () => {
    app = await createIdentityTestApp({ database });
    accounts = app.get(AccountAdministration);
  });
  afterAll(() => app.close());

  const invite = (email: string) =>
    app.get(Invitations).invite({ email, roles: ['admin'], locale: 'de' }, ACT);
  const setPassword = async (email: string) => {
    const { token } = await lastMailTo(app, email);
    const fields = { token, password: PASSWORD };
    expect((await app.form('/password_resets/form', fields)).status).toBe(204);
  };
  const signIn = async ({ email }: User, password = PASSWORD) => {
    const answer = await app.post('/user_token', { auth: { email, password } });
    return [answer.status, ((await answer.json()) as { code?: string }).code];
  };
  const liveSessions = (userId: string) =>
    app
      .get(Database)
      .manager.query(`SELECT id FROM sessions WHERE user_id = '${userId}' AND ended_at IS NULL`);
  const revocations = async (revokedId: string) =>
    (await app.get(Database).manager.findBy(Revocation, { revokedId })).map(({ kind }) => kind);
  const lastEvent = async (subjectId: string) =>
    (
      await app
        .get(Database)
        .manager.find(AuditEvent, { where: { subjectId }, order: { id: 'DESC' }, take: 1 })
    )[0];

  beforeEach(async () => {
    user = await invite(`colleague${(count += 1)}@example.com`);
  });

  it('makes an account that the reset link alone opens', async () => {
    expect(await lastMailTo(app, user.email)).toMatchObject({ template: 'invitation', locale: 'de' });
    expect(await signIn(user)).toEqual([401, 'invalid_credentials']);
    await setPassword(user.email);
    expect(await signIn(user)).toEqual([201, undefined]);
  });

  it('refuses an address that has an account, however it is written', async () => {
    await expect(invite(` ${user.email.toUpperCase()}`)).rejects.toThrow(AddressTaken);
  });

  it('disables an account, which ends all it has, and enables it again', async () => {
    await setPassword(user.email);
    await userToken(app, { email: user.email, password: PASSWORD });
    const [session] = await app.get(Database).manager.findBy(Session, { userId: user.id });
    await accounts.change(user.id, { disabled: true }, ACT);

    expect(await signIn(user)).toEqual([403, 'account_disabled']);
    expect(await signIn(user, 'not the password')).toEqual([401, 'invalid_credentials']);
    expect(await liveSessions(user.id)).toEqual([]);
    expect(await revocations(session!.id)).toEqual(['session']);
    expect(await revocations(user.id)).toEqual(['subject']);

    await accounts.change(user.id, { disabled: false }, ACT);
    expect(await signIn(user)).toEqual([201, undefined]);
    expect(await lastEvent(user.id)).toMatchObject({ type: 'user.sign_in' });
  });

  it('takes from API keys what a role gave, for good, and ends those that have nothing left', async () => {
    await setPassword(user.email);
    const token = await userToken(app, { email: user.email, password: PASSWORD });
    const both = await createApiKey(app, { scopes: ['articles:read', 'admin'] }, token);
    const admin = await createApiKey(app, { scopes: ['admin'] }, token);
    const sid = String(claimsOf((await exchangeApiKey(app, admin.key)).body.access_token)['sid']);
    await accounts.change(user.id, { roles: [] }, ACT);
    expect(await revocations(admin.id)).toEqual(['api_key']);
    expect(await revocations(sid)).toEqual(['session']);

    await accounts.change(user.id, { roles: ['admin'] }, ACT);
    expect((await exchangeApiKey(app, both.key)).body.scope).toBe('articles:read');
    expect((await exchangeApiKey(app, admin.key)).status).toBe(400);
    const again = await userToken(app, { email: user.email, password: PASSWORD });
    const listed = await app.fetch('/me/api_keys', { headers: { authorization: `Bearer ${again}` } });
    expect(await listed.json()).toMatchObject([{ id: both.id, scopes: ['articles:read'] }]);
  });

  it('changes roles, which ends the sessions that had the old ones', async () => {
    await setPassword(user.email);
    await userToken(app, { email: user.email, password: PASSWORD });
    const changed = await accounts.change(user.id, { roles: [], locale: 'fr' }, ACT);
    expect(changed).toMatchObject({ roles: [], locale: 'fr' });
    expect(await liveSessions(user.id)).toEqual([]);
    expect(await lastEvent(user.id)).toMatchObject({
      type: 'user.role_change',
      actorId: 'usr_demo_admin',
      details: { before: 'admin', after: '' },
      address: '203.0.113.7',
    });
  });

  it('leaves sessions alone where nothing changes', async () => {
    await setPassword(user.email);
    await userToken(app, { email: user.email, password: PASSWORD });
    await accounts.change(user.id, { roles: ['admin'], disabled: false, locale: 'en' }, ACT);
    expect(await liveSessions(user.id)).toHaveLength(1);
  });

  it('requires a password reset, told after the right password alone', async () => {
    await setPassword(user.email);
    await userToken(app, { email: user.email, password: PASSWORD });
    await accounts.requirePasswordReset(user.id, ACT);
    expect(await liveSessions(user.id)).toEqual([]);
    expect(await signIn(user)).toEqual([403, 'password_reset_required']);
    expect(await signIn(user, 'not the password')).toEqual([401, 'invalid_credentials']);

    await app.post('/password_resets', { email: user.email });
    await setPassword(user.email);
    expect(await signIn(user)).toEqual([201, undefined]);
  });

  it('deletes an account, of which the audit trail keeps the id alone', async () => {
    await setPassword(user.email);
    await userToken(app, { email: user.email, password: PASSWORD });
    await accounts.delete(user.id, ACT);
    const { manager } = app.get(Database);
    expect(await manager.findOneBy(User, { id: user.id })).toBeNull();
    expect(await revocations(user.id)).toEqual(['subject']);
    const own = await manager.findBy(AuditEvent, { actorId: user.id });
    expect(own.length).toBeGreaterThan(0);
    for (const { address, device } of own) expect([address, device]).toEqual([null, null]);
    expect(await lastEvent(user.id)).toMatchObject({ type: 'user.deletion', address: '203.0.113.7' });
    await expect(accounts.delete(user.id, ACT)).rejects.toThrow('no more');
  });
});
