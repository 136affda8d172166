import type { AccessTokenClaims } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Housekeeping } from '../housekeeping/housekeeping.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { feedToken, snapshot } from '../testing/feed.client.js';
import { LocalRevocations } from './local.revocations.js';
import { Revocation } from './revocation.entity.js';
import { type NewRevocation, RevocationLog } from './revocation.log.js';

describe.each(testDatabases())('revocations on $name', (database) => {
  let app: IdentityTestApp;
  const record = (revocations: NewRevocation | NewRevocation[]): Promise<void> =>
    app.get(Database).transaction((manager) => app.get(RevocationLog).record(manager, revocations));
  const session = (id: string, ttl = 3_600): NewRevocation => ({
    kind: 'session',
    id,
    expiresAt: new Date(Date.now() + ttl * 1_000),
  });
  const ended = (sid: string): boolean => {
    const claims = { sid, jti: 'jti', sub: 'usr_1', client_id: 'c', iat: 1 } as AccessTokenClaims;
    return app.get(LocalRevocations).covers({ claims, kid: 'key' });
  };

  beforeEach(async () => {
    app = await createIdentityTestApp({ database });
  });
  afterEach(() => app.close());

  it('hold here as soon as the transaction has returned', async () => {
    for (let i = 0; i < 20; i += 1) {
      await record(session(`ses_${i}`));
      expect(ended(`ses_${i}`)).toBe(true);
    }
  });

  it('do not hold before the commit, nor when there is none', async () => {
    const undone = app.get(Database).transaction(async (manager) => {
      await app.get(RevocationLog).record(manager, session('ses_undone'));
      expect(ended('ses_undone')).toBe(false);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await record(session('ses_next'));
    expect([ended('ses_undone'), ended('ses_next')]).toEqual([false, true]);
  });

  it('hold after the commit of the whole, when a part of it was a transaction itself', async () => {
    await app.get(Database).transaction(async (manager) => {
      await manager.transaction((inner) => app.get(RevocationLog).record(inner, session('ses_inner')));
      expect(ended('ses_inner')).toBe(false);
    });
    expect(ended('ses_inner')).toBe(true);
  });

  it('hold after a restart', async () => {
    await record([session('ses_1'), session('ses_2')]);
    const again = await createIdentityTestApp({ databaseUrl: app.databaseUrl });
    expect(again.get(LocalRevocations).size).toBe(2);
    await again.close();
  });

  it('cannot be recorded outside of a transaction', async () => {
    const { manager } = app.get(Database);
    await expect(app.get(RevocationLog).record(manager, session('ses_1'))).rejects.toThrow('no transaction');
    expect(await manager.count(Revocation)).toBe(0);
  });

  it('live until no token they concern can be valid, skew included, and are then deleted in small batches', async () => {
    await record([session('ses_gone', -122), session('ses_left', -110)]);
    await record(Array.from({ length: 2_500 }, (_, i) => session(`ses_${i}`, -3_600)));
    const token = await feedToken(app);
    expect((await snapshot(app, token)).revocations.map(([, id]) => id)).toEqual(['ses_left']);
    while (await app.get(Housekeeping).step());
    const rows = await app.get(Database).manager.find(Revocation);
    expect(rows.map(({ revokedId }) => revokedId)).toEqual(['ses_left']);
  });

  it('come in pages, in order of position, and what is added meanwhile comes after', async () => {
    const token = await feedToken(app);
    const ids = Array.from({ length: 12_000 }, (_, i) => `ses_${i}`);
    await record(ids.map((id) => session(id)));
    const seen: string[] = [];
    for (let after = 0, more = true; more;) {
      const page = await snapshot(app, token, after);
      expect(page.position).toBeGreaterThan(after);
      expect(page.revocations.length).toBeLessThanOrEqual(2_000);
      seen.push(...page.revocations.map(([, id]) => id));
      ({ position: after, more } = page);
      if (seen.length <= 10_000) {
        const late = [`ses_late${seen.length}`, `ses_later${seen.length}`];
        ids.push(...late);
        await record(late.map((id) => session(id)));
      }
    }
    expect(seen).toEqual(ids);
  });

  it('come compressed where that is understood', async () => {
    const token = await feedToken(app);
    await record(Array.from({ length: 1_000 }, (_, i) => session(`ses_${i}`)));
    const sizeWith = async (encoding: string): Promise<[string | null, string, unknown]> => {
      const headers = { authorization: `Bearer ${token}`, 'accept-encoding': encoding };
      const answer = await app.fetch('/revocations/snapshot', { headers });
      const { revocations } = (await answer.json()) as { revocations: unknown[] };
      return [
        answer.headers.get('content-encoding'),
        answer.headers.get('content-type')!,
        revocations.length,
      ];
    };
    expect(await sizeWith('gzip, br')).toEqual(['gzip', 'application/json', 1_000]);
    expect(await sizeWith('br, *;q=0.5')).toEqual(['gzip', 'application/json', 1_000]);
    for (const refused of [
      'identity',
      'gzip;q=0',
      'br, GZIP; q=0.000',
      'gzip;q=0, *',
      '*;q=0',
      'my-gzip',
      '',
    ]) {
      expect(await sizeWith(refused)).toEqual([null, 'application/json', 1_000]);
    }
  });

  it.each(['x', '-1', '1.5', '1&after=2', '99999999999999999'])('refuse a page after %s', async (after) => {
    const headers = { authorization: `Bearer ${await feedToken(app)}` };
    const answer = await app.fetch(`/revocations/snapshot?after=${after}`, { headers });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      code: 'validation_failed',
      errors: { after: expect.any(Array) },
    });
  });
});
