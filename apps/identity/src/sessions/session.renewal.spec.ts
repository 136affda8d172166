import { setTimeout as pause } from 'node:timers/promises';
import { USER_SCOPES } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { AuditEvent } from '../audit/audit-event.entity.js';
import { Mail } from '../mail/mail.entity.js';
import { Revocation } from '../revocation/revocation.entity.js';
import { basic, claimsOf, CONSUMER } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { openRenewableSession, refresh } from '../testing/renewable.session.js';
import { Session } from './session.entity.js';
import { Sessions } from './sessions.service.js';

const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000);

describe.each(testDatabases())('refresh tokens on $name', (database) => {
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
  afterEach(() => vi.useRealTimers());

  const sessionOf = (id: string) => app.get(Database).manager.findOneByOrFail(Session, { id });
  const revocationsOf = (id: string) => app.get(Database).manager.findBy(Revocation, { revokedId: id });

  it('are exchanged for an access token of the same session and a successor', async () => {
    const session = await openRenewableSession(app);
    const { status, body } = await refresh(app, session.refreshToken);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 900, created_at: expect.any(Number) });
    expect(body['refresh_token']).toMatch(/^[\w-]{43}$/);
    expect(body['refresh_token']).not.toBe(session.refreshToken);
    expect(claimsOf(body['access_token']!)).toMatchObject({ sub: session.userId, sid: session.id });
  });

  it('narrow the access token, not the session', async () => {
    const session = await openRenewableSession(app);
    const narrow = await refresh(app, session.refreshToken, { scope: 'articles:read' });
    expect(narrow.body['scope']).toBe('articles:read');
    const wide = await refresh(app, narrow.body['refresh_token']!);
    expect(wide.body['scope']).toBe(USER_SCOPES.join(' '));
  });

  it('are not spent by a request for more than the session has', async () => {
    const { refreshToken } = await openRenewableSession(app);
    expect((await refresh(app, refreshToken, { scope: 'admin' })).body['error']).toBe('invalid_scope');
    expect((await refresh(app, refreshToken, { resource: 'elsewhere' })).body['error']).toBe(
      'invalid_target',
    );
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    expect((await refresh(app, refreshToken)).status).toBe(200);
  });

  it('give 50 concurrent uses on two replicas one and the same successor', async () => {
    const session = await openRenewableSession(app);
    const uses = Array.from({ length: 50 }, (_, i) => refresh(i % 2 ? app : replica, session.refreshToken));
    const answers = await Promise.all(uses);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body['refresh_token'])).size).toBe(1);
    expect((await refresh(app, answers[0]!.body['refresh_token']!)).status).toBe(200);
  });

  it('take one connection, however many present the same one at a time', async () => {
    const session = await openRenewableSession(app);
    const { uses, load } = await replica.get(Database).transaction(async (manager) => {
      await manager.update(Session, { id: session.id }, { device: 'held' });
      const all = Promise.all(Array.from({ length: 50 }, () => refresh(app, session.refreshToken)));
      await pause(300);
      return { uses: all, load: app.get(Database).load };
    });
    expect(load).toEqual({ inUse: 1, waiting: 0 });
    expect(new Set((await uses).map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('end the session when one comes again after the grace', async () => {
    const session = await openRenewableSession(app);
    const { body } = await refresh(app, session.refreshToken);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11_000 });
    expect(await refresh(app, session.refreshToken)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
    expect((await refresh(app, body['refresh_token']!)).body['error']).toBe('invalid_grant');
    expect((await sessionOf(session.id)).endedAt).not.toBeNull();
    expect(await revocationsOf(session.id)).toHaveLength(1);
  });

  it('end the session when one comes again whose successor was used', async () => {
    const session = await openRenewableSession(app);
    const { body } = await refresh(app, session.refreshToken);
    await refresh(app, body['refresh_token']!);
    expect((await refresh(app, session.refreshToken)).body['error']).toBe('invalid_grant');
    expect((await sessionOf(session.id)).endedAt).not.toBeNull();
    const events = await app
      .get(Database)
      .manager.findBy(AuditEvent, { type: 'session.end', subjectId: session.userId });
    expect(events.map(({ details }) => details)).toContainEqual({
      session_id: session.id,
      reason: 'refresh_token_reuse',
    });
    const mails = await app.get(Database).manager.findBy(Mail, { userId: session.userId });
    expect(mails.map(({ template }) => template)).toContain('refresh_token_theft');
  });

  it('expire when they are not used, and at the latest however much they are used', async () => {
    const { refreshToken } = await openRenewableSession(app);
    vi.useFakeTimers({ toFake: ['Date'] });
    let token = refreshToken;
    for (let day = 29; day < 90; day += 29) {
      later(29 * 86_400);
      const { status, body } = await refresh(app, token);
      expect(status).toBe(200);
      token = body['refresh_token']!;
    }
    later(4 * 86_400);
    expect((await refresh(app, token)).body['error']).toBe('invalid_grant');
    vi.useRealTimers();
    const idle = await openRenewableSession(app);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31 * 86_400_000 });
    expect((await refresh(app, idle.refreshToken)).body['error']).toBe('invalid_grant');
  });

  it('lose against the end of their session, which covers what they gave before', async () => {
    const { id, userId, refreshToken } = await openRenewableSession(app);
    const end = () =>
      app.get(Database).transaction((manager) => app.get(Sessions).end(manager, { userId, only: id }));
    const uses = Array.from({ length: 20 }, (_, i) => refresh(i % 2 ? app : replica, refreshToken));
    await Promise.all([...uses.slice(0, 10), end(), ...uses.slice(10)]);
    expect((await refresh(app, refreshToken)).body['error']).toBe('invalid_grant');
    const [revocation] = await revocationsOf(id);
    const latest = (await Promise.all(uses)).filter(({ status }) => status === 200);
    for (const { body } of latest) {
      expect(Number(claimsOf(body['access_token']!)['exp'])).toBeLessThanOrEqual(revocation!.expiresAt);
    }
  });

  it('of a client are good for that client alone', async () => {
    const { refreshToken } = await openRenewableSession(app, { clientId: 'consumer' });
    expect((await refresh(app, refreshToken)).body['error']).toBe('invalid_grant');
    expect((await refresh(app, refreshToken, CONSUMER)).status).toBe(200);
  });

  it('that nobody was given are refused', async () => {
    expect((await refresh(app, 'x'.repeat(43))).body['error']).toBe('invalid_grant');
    const answer = await app.form('/oauth/token', { grant_type: 'refresh_token' }, basic());
    expect(await answer.json()).toMatchObject({ error: 'invalid_request' });
  });
});

describe.each(testDatabases())('refresh tokens without grace on $name', (database) => {
  it('have one winner of 50 on two replicas, and the session ends', async () => {
    const environment = { REFRESH_GRACE: '0' };
    const app = await createIdentityTestApp({ database, environment });
    const replica = await createIdentityTestApp({ databaseUrl: app.databaseUrl, environment });
    const session = await openRenewableSession(app);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => refresh(i % 2 ? app : replica, session.refreshToken)),
    );
    const won = answers.filter(({ status }) => status === 200);
    const next = await refresh(app, won[0]?.body['refresh_token'] ?? '');
    await replica.close();
    await app.close();
    expect(won).toHaveLength(1);
    expect(answers.filter(({ body }) => body['error'] === 'invalid_grant')).toHaveLength(49);
    expect(next.body['error']).toBe('invalid_grant');
  });
});
