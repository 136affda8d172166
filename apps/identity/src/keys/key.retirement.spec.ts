import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AuditEvent } from '../audit/audit-event.entity.js';
import { Revocation } from '../revocation/revocation.entity.js';
import { headerOf, serviceToken } from '../testing/credentials.js';
import { createGuardedTestApp } from '../testing/guarded.test-app.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { publishedKids } from '../testing/published.keys.js';
import { KeyRetirement } from './key.retirement.js';
import { KeyRotation } from './key.rotation.js';
import { SigningKey } from './signing-key.entity.js';

const ACT = { actorId: 'usr_demo_admin', origin: { address: '127.0.0.1', device: null } };
const DAY = 86_400_000;

describe.each(testDatabases())('the retirement of a signing key on $name', (database) => {
  let app: IdentityTestApp;
  beforeEach(async () => {
    app = await createIdentityTestApp({ database });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await app.close();
  });

  const signingKid = async (from = app) => String(headerOf(await serviceToken(from))['kid']);
  const retire = (kid: string, from = app) => from.get(KeyRetirement).retire(kid, ACT);
  const rotate = (from = app) => from.get(KeyRotation).rotate();
  const keyOf = (kid: string) => app.get(Database).manager.findOneByOrFail(SigningKey, { kid });
  const nextKid = async () =>
    (await app.get(Database).manager.find(SigningKey, { order: { generation: 'DESC' } }))[0]!.kid;
  const later = (milliseconds: number) =>
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds });

  it('takes it out of the published ones, and lets the next one sign, at once', async () => {
    const [kid, next] = [await signingKid(), await nextKid()];
    await retire(kid);
    expect(await publishedKids(app)).toEqual([next, await nextKid()]);
    expect(await signingKid()).toBe(next);
  });

  it('is committed together with its revocation and an audit event', async () => {
    const kid = await signingKid();
    await retire(kid);
    const { manager } = app.get(Database);
    const [revocation] = await manager.findBy(Revocation, { kind: 'key', revokedId: kid });
    expect(revocation!.expiresAt).toBeGreaterThan((Date.now() + 364 * DAY) / 1_000);
    const [event] = await manager.find(AuditEvent, { where: { type: 'key.retirement' } });
    expect(event).toMatchObject({ actorId: 'usr_demo_admin', subjectId: kid, address: '127.0.0.1' });
  });

  it('happens once however often it is asked for, and to keys that there are', async () => {
    const kid = await signingKid();
    await Promise.all([retire(kid), retire(kid), retire(kid)]);
    const { manager } = app.get(Database);
    expect(await manager.countBy(Revocation, { kind: 'key', revokedId: kid })).toBe(1);
    expect(await manager.countBy(AuditEvent, { type: 'key.retirement', subjectId: kid })).toBe(1);
    await expect(retire('another')).rejects.toThrow('no such key');
  });

  it('of the next one changes nothing for the one that signs', async () => {
    const [kid, next] = [await signingKid(), await nextKid()];
    await retire(next);
    expect(await signingKid()).toBe(kid);
    expect(await publishedKids(app)).toEqual([kid, await nextKid()]);
    expect(await nextKid()).not.toBe(next);
  });

  it('of an earlier one changes nothing for the one that signs', async () => {
    const kid = await signingKid();
    later(60_000);
    await rotate();
    const after = await signingKid();
    await retire(kid);
    expect(await signingKid()).toBe(after);
    expect(await publishedKids(app)).toEqual([after, await nextKid()]);
  });

  it('does not wait for one that was chosen to sign a little later', async () => {
    const [kid, next] = [await signingKid(), await nextKid()];
    await rotate();
    expect(await signingKid()).toBe(kid);
    await retire(kid);
    expect(await signingKid()).toBe(next);
  });

  it('of one that was chosen to sign a little later leaves the present one for as long as it signs', async () => {
    const [kid, chosen] = [await signingKid(), await nextKid()];
    await rotate();
    expect((await keyOf(kid)).expiresAt).not.toBeNull();
    await retire(chosen);
    expect((await keyOf(kid)).expiresAt).toBeNull();
    later(10 * DAY);
    expect(await signingKid()).toBe(kid);
    expect(await publishedKids(app)).toContain(kid);
  });

  it('at the same moment as a rotation leaves one that signs and one that waits', async () => {
    const replica = await createIdentityTestApp({ databaseUrl: app.databaseUrl });
    for (let round = 0; round < 10; round += 1) {
      later(60_000);
      const [signer, next] = [await signingKid(), await nextKid()];
      const victim = round % 2 ? signer : next;
      await Promise.all([rotate(replica), retire(victim), rotate(app)]);
      expect(await signingKid()).not.toBe(victim);
      const keys = await app.get(Database).manager.find(SigningKey);
      const usable = keys.filter(({ retiredAt }) => !retiredAt);
      expect(usable.filter(({ activatesAt }) => !activatesAt)).toHaveLength(1);
      expect(usable.filter(({ activatesAt, expiresAt }) => activatesAt && !expiresAt)).toHaveLength(1);
    }
    await replica.close();
  });

  it('ends what it signed at every guard, and no replica signs with it any more', async () => {
    const replica = await createIdentityTestApp({ databaseUrl: app.databaseUrl });
    const guard = await createGuardedTestApp(replica);
    const token = await serviceToken(app);
    await vi.waitUntil(async () => (await guard.statusWith(token)) === 200, { timeout: 5_000 });
    const kid = await signingKid();
    await retire(kid);
    await vi.waitUntil(async () => (await guard.statusWith(token)) === 401, { interval: 5, timeout: 1_000 });
    await vi.waitUntil(async () => (await signingKid(replica)) !== kid, { interval: 5, timeout: 1_000 });
    const after = [await guard.statusWith(token), await guard.statusWith(await serviceToken(replica))];
    await guard.close();
    await replica.close();
    expect(after).toEqual([401, 200]);
  });
});
