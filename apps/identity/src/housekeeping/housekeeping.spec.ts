import { Database, Metrics } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ObjectLiteral } from 'typeorm';
import { OneTimeToken } from '../accounts/links/one-time-token.entity.js';
import { AuditEvent } from '../audit/audit-event.entity.js';
import { ApiKey } from '../clients/api-keys/api-key.entity.js';
import { Mail } from '../mail/mail.entity.js';
import { RefreshToken } from '../sessions/refresh-token.entity.js';
import { Session } from '../sessions/session.entity.js';
import { userToken } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { openRenewableSession, refresh } from '../testing/renewable.session.js';
import { Housekeeping } from './housekeeping.js';

const DAY = 86_400_000;

describe.each(testDatabases())('housekeeping on $name', (database) => {
  let app: IdentityTestApp;
  beforeEach(async () => void (app = await createIdentityTestApp({ database })));
  afterEach(async () => {
    vi.useRealTimers();
    await app.close();
  });

  const later = (milliseconds: number) =>
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds });
  const count = (entity: new () => ObjectLiteral) => app.get(Database).manager.count(entity);
  const tidyUp = async () => {
    while (await app.get(Housekeeping).step());
  };

  it('deletes sessions with their refresh tokens once they have expired, and not while they live', async () => {
    const { refreshToken } = await openRenewableSession(app);
    const { body } = await refresh(app, refreshToken);
    await refresh(app, body['refresh_token']!);
    expect([await count(Session), await count(RefreshToken)]).toEqual([1, 3]);
    later(29 * DAY);
    await tidyUp();
    expect([await count(Session), await count(RefreshToken)]).toEqual([1, 3]);
    later(2 * DAY);
    await tidyUp();
    expect([await count(Session), await count(RefreshToken)]).toEqual([0, 0]);
  });

  it('still notices a theft after weeks of renewals', async () => {
    const { refreshToken } = await openRenewableSession(app);
    let latest = refreshToken;
    for (const _ of [1, 2, 3]) {
      later(25 * DAY);
      latest = (await refresh(app, latest)).body['refresh_token']!;
      await tidyUp();
    }
    expect((await refresh(app, refreshToken)).status).toBe(400);
    expect((await refresh(app, latest)).status).toBe(400);
    const { manager } = app.get(Database);
    expect(await manager.countBy(Mail, { template: 'refresh_token_theft' })).toBe(1);
  });

  it('deletes many refresh tokens of one session before the session, a few at a time', async () => {
    const { refreshToken } = await openRenewableSession(app);
    await refresh(app, refreshToken);
    const { sessionId } = await app.get(Database).manager.findOneByOrFail(RefreshToken, {});
    const rows = Array.from({ length: 1_200 }, (_, index): RefreshToken => ({
      digest: `digest-${index}`,
      sessionId,
      createdAt: new Date(),
      spentAt: new Date(),
    }));
    await app.get(Database).transaction((manager) => manager.insert(RefreshToken, rows));
    later(31 * DAY);
    const left = [];
    do left.push([await count(Session), await count(RefreshToken)]);
    while (await app.get(Housekeeping).step());
    expect(left).toEqual([
      [1, 1_202],
      [1, 702],
      [1, 202],
    ]);
    expect([await count(Session), await count(RefreshToken)]).toEqual([0, 0]);
    const text = await app.get(Metrics).text();
    expect(text).toContain('identity_purged_rows_total{table="refresh_tokens"} 1202');
    expect(text).toContain('identity_purged_rows_total{table="sessions"} 1');
  });

  it('deletes links that have expired, old mails and API keys, and nothing of the audit trail', async () => {
    await app.post('/password_resets', { email: 'reader@example.com' });
    const authorization = `Bearer ${await userToken(app)}`;
    await app.post('/me/api_keys', { name: 'ended' }, { authorization });
    const { manager } = app.get(Database);
    const { id } = await manager.findOneByOrFail(ApiKey, { name: 'ended' });
    await app.fetch(`/me/api_keys/${id}`, { method: 'DELETE', headers: { authorization } });
    await app.post('/me/api_keys', { name: 'kept' }, { authorization });
    await app.post(
      '/me/api_keys',
      { name: 'expired', expires_at: new Date(Date.now() + DAY).toISOString() },
      { authorization },
    );
    const events = await count(AuditEvent);

    later(11 * 60_000);
    await tidyUp();
    expect([await count(OneTimeToken), await count(Mail), await count(ApiKey)]).toEqual([0, 1, 3]);
    later(7 * DAY);
    await tidyUp();
    expect([await count(Mail), await count(ApiKey)]).toEqual([0, 3]);
    later(25 * DAY);
    await tidyUp();
    expect((await manager.find(ApiKey)).map(({ name }) => name)).toEqual(['kept']);
    expect(await count(AuditEvent)).toBe(events);
  });
});
