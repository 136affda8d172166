import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEvent } from '../audit/audit-event.entity.js';
import { adminOf, type AdminCall } from '../testing/admin.js';
import { basic } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';

describe.each(testDatabases())('/admin/clients on $name', (database) => {
  let app: IdentityTestApp;
  let admin: AdminCall;
  let count = 0;
  beforeAll(async () => {
    app = await createIdentityTestApp({ database });
    admin = await adminOf(app);
  });
  afterAll(() => app.close());

  const register = async () => {
    const id = `service-${(count += 1)}`;
    const request = { id, scopes: ['articles:read'], audiences: ['billing'] };
    const { status, headers, body } = await admin('POST', '/clients', request);
    expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
    return { id, path: `/clients/${id}`, body, secret: String(body['secret']) };
  };
  const tokenStatus = async (client_id: string, client_secret: string) =>
    (
      await app.form(
        '/oauth/token',
        { grant_type: 'client_credentials' },
        basic({ client_id, client_secret }),
      )
    ).status;

  it('registers a client and shows its secret this once', async () => {
    const { id, body, secret } = await register();
    expect(body).toEqual({
      id,
      scopes: ['articles:read'],
      audiences: ['billing'],
      disabled: false,
      secret: expect.stringMatching(/^[\w-]{43}$/),
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    expect(await tokenStatus(id, secret)).toBe(200);
    const { body: list } = await admin('GET', '/clients');
    expect(list.map((client) => client['id'])).toEqual(expect.arrayContaining(['consumer', id]));
    expect(JSON.stringify(list)).not.toMatch(/secret|digest/i);
  });

  it('gives another secret, beside which the one before still works', async () => {
    const { id, path, secret } = await register();
    const { status, body } = await admin('POST', `${path}/secrets`);
    expect(status).toBe(201);
    expect([await tokenStatus(id, secret), await tokenStatus(id, String(body['secret']))]).toEqual([
      200, 200,
    ]);
  });

  it('changes, disables and removes a client, and tells the trail of each', async () => {
    const { id, path, secret } = await register();
    const changed = await admin('PATCH', path, { audiences: [], scopes: [], disabled: true });
    expect(changed.body).toMatchObject({ id, audiences: [], scopes: [], disabled: true });
    expect(await tokenStatus(id, secret)).toBe(401);
    expect((await admin('DELETE', path)).status).toBe(204);
    expect((await admin('DELETE', path)).body).toMatchObject({ status: 404, code: 'not_found' });
    const events = await app.get(Database).manager.findBy(AuditEvent, { subjectId: id, outcome: 'success' });
    const acts = events.filter(({ actorId }) => actorId === 'usr_demo_admin');
    expect(acts.map(({ type }) => type)).toEqual(['client.registration', 'client.change', 'client.removal']);
    expect(acts.every(({ address }) => address === '127.0.0.1')).toBe(true);
  });

  it.each([
    [{ id: 'usr_demo', scopes: [], audiences: [] }, 'id'],
    [{ id: 'other', scopes: ['admin'], audiences: [] }, 'scopes'],
    [{ id: 'other', scopes: ['everything'], audiences: [] }, 'scopes'],
    [{ id: 'other', scopes: [], audiences: [''] }, 'audiences'],
  ])('refuses %j and says why', async (request, field) => {
    const { body } = await admin('POST', '/clients', request);
    expect(body).toMatchObject({ status: 400, errors: { [field]: [expect.any(String)] } });
  });

  it('knows which ids are taken, and which unknown', async () => {
    const { id } = await register();
    expect((await admin('POST', '/clients', { id, scopes: [], audiences: [] })).status).toBe(409);
    expect((await admin('PATCH', '/clients/nobody', {})).status).toBe(404);
    expect((await admin('POST', '/clients/nobody/secrets')).status).toBe(404);
  });
});
