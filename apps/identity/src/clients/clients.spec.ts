import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Revocation } from '../revocation/revocation.entity.js';
import { basic } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { openRenewableSession, refresh } from '../testing/renewable.session.js';
import { ClientSecret } from './client-secret.entity.js';
import { Clients } from './clients.service.js';

const ACT = { actorId: 'usr_demo_admin' };

describe.each(testDatabases())('clients on $name', (database) => {
  let app: IdentityTestApp;
  let id: string;
  let secret: string;
  let count = 0;
  beforeAll(async () => {
    app = await createIdentityTestApp({ database });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    id = `service-${(count += 1)}`;
    secret = await app.get(Clients).register({ id, scopes: ['articles:read'], audiences: ['articles'] }, ACT);
  });
  afterEach(() => vi.useRealTimers());

  const askForToken = (client_secret: string) =>
    app.form('/oauth/token', { grant_type: 'client_credentials' }, basic({ client_id: id, client_secret }));
  const statusWith = async (client_secret: string) => (await askForToken(client_secret)).status;

  it('are told their secret once: what is kept does not yield it', async () => {
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(await statusWith(secret)).toBe(200);
    const rows = await app.get(Database).manager.findBy(ClientSecret, { clientId: id });
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('may use the old secret beside the new one while they change over', async () => {
    const second = await app.get(Clients).addSecret(id, ACT);
    expect([await statusWith(secret), await statusWith(second)]).toEqual([200, 200]);
    const third = await app.get(Clients).addSecret(id, ACT);
    expect([await statusWith(secret), await statusWith(second), await statusWith(third)]).toEqual([
      401, 200, 200,
    ]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 8 * 86_400_000 });
    expect([await statusWith(second), await statusWith(third)]).toEqual([401, 200]);
  });

  it('have two secrets at most, also when several are made at once', async () => {
    const secrets = await Promise.all(Array.from({ length: 8 }, () => app.get(Clients).addSecret(id, ACT)));
    const statuses = await Promise.all([secret, ...secrets].map(statusWith));
    expect(statuses.filter((status) => status === 200)).toHaveLength(2);
  });

  it('when disabled, lose their tokens, their sessions and the right to new ones', async () => {
    const session = await openRenewableSession(app, { clientId: id });
    await app.get(Clients).change(id, { disabled: true }, ACT);
    expect(await statusWith(secret)).toBe(401);
    const kinds = await app
      .get(Database)
      .manager.findBy(Revocation, [{ revokedId: id }, { revokedId: session.id }]);
    expect(kinds.map(({ kind }) => kind).sort()).toEqual(['client', 'session', 'subject']);
    const own = { client_id: id, client_secret: secret };
    expect((await refresh(app, session.refreshToken, own)).body['error']).toBe('invalid_client');
    await app.get(Clients).change(id, { disabled: false }, ACT);
    expect(await statusWith(secret)).toBe(200);
    expect((await refresh(app, session.refreshToken, own)).body['error']).toBe('invalid_grant');
  });

  it('get what their scopes are from the next token on', async () => {
    await app.get(Clients).change(id, { scopes: ['revocations:read'] }, ACT);
    expect(await (await askForToken(secret)).json()).toMatchObject({ scope: 'revocations:read' });
  });

  // To MySQL's `=` a text with spaces behind it is the same text.
  it('are known by their id to the letter', async () => {
    const padded = `${id} `;
    const { status } = await app.form(
      '/oauth/token',
      { grant_type: 'client_credentials' },
      basic({ client_id: padded, client_secret: secret }),
    );
    expect(status).toBe(401);
    const clients = app.get(Clients);
    await expect(clients.get(padded)).rejects.toThrow('no client');
    await expect(clients.change(padded, { disabled: true }, ACT)).rejects.toThrow('no client');
    await expect(clients.remove(padded, ACT)).rejects.toThrow('no client');
    expect(await statusWith(secret)).toBe(200);
  });

  it('are gone once removed', async () => {
    await app.get(Clients).remove(id, ACT);
    expect(await statusWith(secret)).toBe(401);
    await expect(app.get(Clients).addSecret(id, ACT)).rejects.toThrow('no client');
  });

  it.each([
    ['of a taken id', () => ({ id }), 'conflict'],
    ['whose id could be a user’s', () => ({ id: 'usr_x' }), 'validation_failed'],
    ['with a scope of people', () => ({ id: 'other', scopes: ['admin' as const] }), 'validation_failed'],
  ])('%s are not registered', async (_, changes, code) => {
    const registration = { scopes: ['articles:read' as const], audiences: [], ...changes() };
    await expect(app.get(Clients).register(registration, ACT)).rejects.toMatchObject({ code });
  });
});
