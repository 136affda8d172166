import { type ApiKeyDto, USER_SCOPES } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AuditEvent } from '../../audit/audit-event.entity.js';
import { Revocation } from '../../revocation/revocation.entity.js';
import { Session } from '../../sessions/session.entity.js';
import { createApiKey, exchangeApiKey } from '../../testing/api.keys.js';
import { ADMIN, basic, claimsOf, userToken } from '../../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../../testing/identity.test-app.js';
import { ApiKey } from './api-key.entity.js';

const IN_AN_HOUR = new Date(Date.now() + 3_600_000).toISOString();

describe.each(testDatabases())('/me/api_keys on $name', (database) => {
  let app: IdentityTestApp;
  let reader: string;
  let admin: string;
  beforeAll(async () => {
    app = await createIdentityTestApp({ database });
    [reader, admin] = [await userToken(app), await userToken(app, ADMIN)];
  });
  afterAll(() => app.close());
  beforeEach(() => app.get(Database).transaction((manager) => manager.clear(ApiKey)));

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const create = async (request: unknown, token = reader) => {
    const answer = await app.post('/me/api_keys', request, bearer(token));
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const list = async (token = reader) =>
    (await (await app.fetch('/me/api_keys', { headers: bearer(token) })).json()) as ApiKeyDto[];
  const remove = (id: string, token = reader) =>
    app.fetch(`/me/api_keys/${id}`, { method: 'DELETE', headers: bearer(token) });
  const lastEvent = () =>
    app.get(Database).manager.findOneOrFail(AuditEvent, { where: {}, order: { id: 'DESC' } });

  it('A5: makes none for a session that has ended, also where its end is not known yet', async () => {
    const token = await userToken(app);
    const { sid } = claimsOf(token) as { sid: string };
    // As another replica ended it: nothing has told this one.
    await app
      .get(Database)
      .transaction((manager) => manager.update(Session, { id: sid }, { endedAt: new Date() }));
    expect(await create({ name: 'late' }, token)).toMatchObject({
      status: 401,
      body: { code: 'invalid_token' },
    });
    expect(await app.get(Database).manager.count(ApiKey)).toBe(0);
  });

  it('makes none for a service that acts for the user: it would outlive what was exchanged', async () => {
    const exchange = {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: await userToken(app),
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    };
    const answer = await app.form('/oauth/token', exchange, basic());
    const { access_token } = (await answer.json()) as { access_token: string };
    expect((await create({ name: 'borrowed' }, access_token)).status).toBe(403);
  });

  it('makes one and shows it this once', async () => {
    const request = { name: 'ci', scopes: ['articles:read'], expires_at: IN_AN_HOUR };
    const answer = await app.post('/me/api_keys', request, bearer(reader));
    expect(answer.status).toBe(201);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const made = (await answer.json()) as Record<string, string>;
    expect(made).toEqual({
      ...request,
      id: expect.stringMatching(/^key_[0-9a-f]{32}$/),
      key: expect.stringMatching(/^ghk_[\w-]{43}$/),
      prefix: made['key']!.slice(0, 12),
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    const { key: _, ...listed } = made;
    expect(await list()).toEqual([{ ...listed, last_used_at: null }]);
  });

  it('keeps nothing of it but a hash', async () => {
    const { key } = await createApiKey(app, {}, reader);
    const { manager } = app.get(Database);
    const kept = JSON.stringify([await manager.find(ApiKey), await manager.find(AuditEvent)]);
    expect(kept).not.toContain(key.slice(12));
  });

  it('gives what the user may do, but for the account and administration, where no scopes are named', async () => {
    const scopes = USER_SCOPES.filter((scope) => scope !== 'account');
    expect((await create({ name: 'ci' })).body).toMatchObject({ scopes, expires_at: null });
    expect((await create({ name: 'ci', expires_at: null }, admin)).body['scopes']).toEqual(scopes);
    expect((await create({ name: 'ci', scopes: ['account', 'admin'] }, admin)).status).toBe(201);
  });

  it.each([
    ['scopes', { name: 'ci', scopes: ['admin'] }],
    ['scopes', { name: 'ci', scopes: ['articles:read', 'revocations:read'] }],
    ['scopes', { name: 'ci', scopes: ['everything'] }],
    ['scopes', { name: 'ci', scopes: [] }],
    ['expires_at', { name: 'ci', expires_at: new Date(Date.now() - 1).toISOString() }],
    ['expires_at', { name: 'ci', expires_at: 'tomorrow' }],
    ['name', {}],
    ['name', { name: '' }],
  ])('names the field %s when %j is asked for', async (field, request) => {
    const { status, body } = await create(request);
    expect(status).toBe(400);
    expect(body['code']).toBe('validation_failed');
    expect(Object.keys(body['errors'] as object)).toEqual([field]);
    expect(await list()).toEqual([]);
  });

  it('gives no more than the token of the request may do', async () => {
    const { key } = await createApiKey(app, { scopes: ['articles:read', 'account'] }, reader);
    const { body } = await exchangeApiKey(app, key);
    expect(body.scope).toBe('articles:read account');
    expect((await create({ name: 'ci', scopes: ['articles:write'] }, body.access_token)).status).toBe(403);
  });

  it('lets no key make another one, which could outlive it', async () => {
    const { key } = await createApiKey(app, { scopes: ['account'] }, reader);
    const { access_token } = (await exchangeApiKey(app, key)).body;
    expect(await create({ name: 'another', scopes: ['account'] }, access_token)).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    expect(await list(access_token)).toHaveLength(1);
  });

  it('makes a hundred at most, however many are asked for at once', async () => {
    const answers = await Promise.all(Array.from({ length: 104 }, () => create({ name: 'ci' })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(100);
    expect(answers.filter(({ body }) => body['code'] === 'conflict')).toHaveLength(4);
  });

  it('lists the latest first, and those of others not at all', async () => {
    await createApiKey(app, { name: 'one' }, reader);
    await createApiKey(app, { name: 'two' }, reader);
    await createApiKey(app, { name: 'three' }, admin);
    expect((await list()).map(({ name }) => name)).toEqual(['two', 'one']);
  });

  it('tells when one was last used', async () => {
    const { key } = await createApiKey(app, {}, reader);
    await exchangeApiKey(app, key);
    const [{ last_used_at } = {}] = await list();
    expect(Math.abs(Date.parse(last_used_at!) - Date.now())).toBeLessThan(10_000);
  });

  it('ends one together with its revocation, once', async () => {
    const { id, key } = await createApiKey(app, {}, reader);
    const { access_token } = (await exchangeApiKey(app, key)).body;
    const sid = String(claimsOf(access_token)['sid']);
    expect((await remove(id)).status).toBe(204);
    expect(await list()).toEqual([]);
    expect((await remove(id)).status).toBe(404);
    const { manager } = app.get(Database);
    for (const entry of [
      { kind: 'api_key', revokedId: id } as const,
      { kind: 'session', revokedId: sid } as const,
    ]) {
      const [revocation, ...others] = await manager.findBy(Revocation, entry);
      expect(others).toEqual([]);
      expect(revocation!.expiresAt).toBeGreaterThan(Number(claimsOf(access_token)['exp']));
    }
  });

  it('leaves an audit event for each that was made or ended', async () => {
    const { id } = await createApiKey(app, { scopes: ['articles:read'] }, reader);
    const people = { actorId: 'usr_demo_reader', subjectId: 'usr_demo_reader', address: '127.0.0.1' };
    const details = { api_key_id: id, scope: 'articles:read' };
    expect(await lastEvent()).toMatchObject({ type: 'api_key.creation', ...people, details });
    await remove(id);
    expect(await lastEvent()).toMatchObject({ type: 'api_key.end', ...people, details: { api_key_id: id } });
  });

  it('knows nothing of another user’s', async () => {
    const { id, key } = await createApiKey(app, {}, admin);
    expect((await remove(id)).status).toBe(404);
    expect((await remove('key_0')).status).toBe(404);
    expect((await exchangeApiKey(app, key)).status).toBe(200);
  });

  it('is for people with the scope account', async () => {
    const service = await app.form('/oauth/token', { grant_type: 'client_credentials' }, basic());
    const { access_token } = (await service.json()) as { access_token: string };
    const { key } = await createApiKey(app, {}, reader);
    const { body } = await exchangeApiKey(app, key);
    for (const token of [access_token, body.access_token]) {
      expect((await create({ name: 'ci' }, token)).body['code']).toBe('insufficient_scope');
      expect((await remove('key_0', token)).status).toBe(403);
    }
    expect((await app.fetch('/me/api_keys')).status).toBe(401);
  });
});
