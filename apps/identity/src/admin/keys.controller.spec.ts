import { Database } from '@gatehouse/service-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEvent } from '../audit/audit-event.entity.js';
import { adminOf, type AdminCall } from '../testing/admin.js';
import { headerOf, userToken } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';

describe('/admin/keys', () => {
  let app: IdentityTestApp;
  let admin: AdminCall;
  beforeAll(async () => {
    app = await createIdentityTestApp({ environment: { KEY_PUBLICATION_LEAD: '0s' } });
    admin = await adminOf(app);
  });
  afterAll(() => app.close());

  const states = async () => (await admin('GET', '/keys')).body.map(({ state }) => state);

  it('shows what the keys are, and neither half of them', async () => {
    const { status, body } = await admin('GET', '/keys');
    expect([status, body.length]).toEqual([200, 2]);
    expect(body[0]).toEqual({
      kid: headerOf(await userToken(app))['kid'],
      algorithm: 'ES256',
      state: 'signing',
      created_at: expect.any(String),
      activates_at: expect.any(String),
      expires_at: null,
      retired_at: null,
    });
    expect(body[1]).toMatchObject({ state: 'next', activates_at: null });
  });

  it('rotates: the next key signs, and another one waits', async () => {
    const [, next] = (await admin('GET', '/keys')).body;
    const { status, body } = await admin('POST', '/keys');
    expect([status, body.map(({ state }) => state)]).toEqual([201, ['published', 'signing', 'next']]);
    expect(headerOf(await userToken(app))['kid']).toBe(next!['kid']);
  });

  it('retires: what the key signed ends, this admin’s token as well if need be', async () => {
    const [first, second] = (await admin('GET', '/keys')).body;
    expect((await admin('POST', `/keys/${String(second!['kid'])}/retire`)).status).toBe(204);
    expect(await states()).toEqual(['signing', 'retired', 'next']);
    expect((await admin('POST', `/keys/${String(first!['kid'])}/retire`)).status).toBe(204);
    expect((await admin('GET', '/keys')).status).toBe(401);
    admin = await adminOf(app);
    expect(await states()).toEqual(['retired', 'retired', 'signing', 'next']);
    expect((await admin('POST', `/keys/${String(first!['kid'])}/retire`)).status).toBe(204);
    expect((await admin('POST', '/keys/nope/retire')).status).toBe(404);
  });

  it('tells the trail who did it, and where from', async () => {
    const { manager } = app.get(Database);
    const who = { actorId: 'usr_demo_admin', address: '127.0.0.1' };
    expect(await manager.findBy(AuditEvent, { type: 'key.rotation' })).toMatchObject([who]);
    expect(await manager.findBy(AuditEvent, { type: 'key.retirement' })).toMatchObject([who, who]);
  });
});
