import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEvent } from '../audit/audit-event.entity.js';
import { Revocation } from '../revocation/revocation.entity.js';
import { ADMIN, basic, claimsOf, serviceToken, userToken } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';

interface ListedSession {
  id: string;
  current: boolean;
}

describe.each(testDatabases())('/me/sessions on $name', (database) => {
  let app: IdentityTestApp;
  beforeAll(async () => {
    app = await createIdentityTestApp({ database });
  });
  afterAll(() => app.close());

  const send = (method: string, path: string, token: string) =>
    app.fetch(path, { method, headers: { authorization: `Bearer ${token}` } });
  const list = async (token: string) =>
    (await (await send('GET', '/me/sessions', token)).json()) as ListedSession[];
  const isActive = async (token: string) => {
    const answer = await app.form('/oauth/introspect', { token }, basic());
    return ((await answer.json()) as { active: boolean }).active;
  };

  it('lists the live ones with device, address and times, and says which is this one', async () => {
    const token = await userToken(app);
    const own = (await list(token)).find(({ current }) => current);
    expect(own).toEqual({
      id: claimsOf(token)['sid'],
      client_id: 'gatehouse:knock',
      device: 'node',
      address: '127.0.0.1',
      created_at: expect.stringMatching(/Z$/),
      last_used_at: expect.stringMatching(/Z$/),
      expires_at: expect.stringMatching(/Z$/),
      current: true,
    });
  });

  it('ends one, with its tokens', async () => {
    const [token, other] = [await userToken(app), await userToken(app)];
    expect((await send('DELETE', `/me/sessions/${String(claimsOf(other)['sid'])}`, token)).status).toBe(204);
    expect([await isActive(other), await isActive(token)]).toEqual([false, true]);
    expect((await send('DELETE', `/me/sessions/${String(claimsOf(other)['sid'])}`, token)).status).toBe(404);
  });

  it('ends all but this one', async () => {
    const [token, other] = [await userToken(app), await userToken(app)];
    expect((await send('DELETE', '/me/sessions', token)).status).toBe(204);
    expect([await isActive(other), await isActive(token)]).toEqual([false, true]);
    expect(await list(token)).toHaveLength(1);
  });

  it('commits what ends together with its revocation and an audit event', async () => {
    const [token, other] = [await userToken(app), await userToken(app)];
    const sid = String(claimsOf(other)['sid']);
    await send('DELETE', `/me/sessions/${sid}`, token);
    const { manager } = app.get(Database);
    const revoked = await manager.findBy(Revocation, { revokedId: sid });
    expect(revoked).toMatchObject([{ kind: 'session' }]);
    expect(revoked[0]!.expiresAt).toBeGreaterThan(Number(claimsOf(other)['exp']));
    const [event] = await manager.find(AuditEvent, { where: { type: 'session.end' }, order: { id: 'DESC' } });
    expect(event).toMatchObject({
      actorId: 'usr_demo_reader',
      subjectId: 'usr_demo_reader',
      details: { reason: 'ended_by_user', count: 1, session_id: sid },
      address: '127.0.0.1',
    });
  });

  it('refuses here at once what ended, this very session included', async () => {
    const [token, other] = [await userToken(app), await userToken(app)];
    await send('DELETE', `/me/sessions/${String(claimsOf(other)['sid'])}`, token);
    expect((await send('GET', '/me/sessions', other)).status).toBe(401);
    await send('DELETE', `/me/sessions/${String(claimsOf(token)['sid'])}`, token);
    expect((await send('GET', '/me/sessions', token)).status).toBe(401);
  });

  it('knows nothing of another user’s', async () => {
    const [token, other] = [await userToken(app), await userToken(app, ADMIN)];
    expect((await send('DELETE', `/me/sessions/${String(claimsOf(other)['sid'])}`, token)).status).toBe(404);
    expect(await isActive(other)).toBe(true);
  });

  it('is for people: a service lacks the scope', async () => {
    expect((await send('GET', '/me/sessions', await serviceToken(app))).status).toBe(403);
    expect((await app.fetch('/me/sessions')).status).toBe(401);
  });
});
