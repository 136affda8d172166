import { RemoteKeySource, TokenVerifier } from '@gatehouse/tokens';
import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AuditEvent } from '../audit/audit-event.entity.js';
import { headerOf, serviceToken } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { publishedKids } from '../testing/published.keys.js';
import { KeyRing } from './key.ring.js';
import { KeyRotation } from './key.rotation.js';
import { SigningKey } from './signing-key.entity.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe.each(testDatabases())('signing keys on $name', (database) => {
  let app: IdentityTestApp;
  let replicas: IdentityTestApp[];
  // Each its own: time goes on within a test, and keys remember it.
  beforeEach(async () => {
    app = await createIdentityTestApp({ database });
    replicas = [];
  });
  afterEach(async () => {
    vi.useRealTimers();
    await Promise.all(replicas.map((replica) => replica.close()));
    await app.close();
  });

  const startReplica = async () => {
    const replica = await createIdentityTestApp({ databaseUrl: app.databaseUrl });
    replicas.push(replica);
    return replica;
  };
  const signingKid = async (from = app) => String(headerOf(await serviceToken(from))['kid']);
  const rotate = (from = app) => from.get(KeyRotation).rotate();
  const newestGeneration = () => app.get(Database).manager.maximum(SigningKey, 'generation');
  const later = (milliseconds: number) =>
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds });

  it('are the same two for replicas that start', async () => {
    const replica = await startReplica();
    expect(await publishedKids(app)).toHaveLength(2);
    expect(await publishedKids(replica)).toEqual(await publishedKids(app));
    expect(await signingKid(replica)).toBe(await signingKid());
  });

  it('lie in the database encrypted', async () => {
    const rows = await app.get(Database).manager.find(SigningKey);
    const { privateKey } = app.get(KeyRing).current();
    const { d } = privateKey.export({ format: 'jwk' });
    for (const { sealedPrivateKey, publicJwk } of rows) {
      expect(publicJwk).not.toHaveProperty('d');
      expect(Buffer.from(sealedPrivateKey, 'base64url').includes(Buffer.from(d!, 'base64url'))).toBe(false);
    }
  });

  it('rotate: the next one, published before, signs; the old one stays published for its tokens', async () => {
    const replica = await startReplica();
    const before = await signingKid();
    const [next] = (await publishedKids(app)).filter((kid) => kid !== before);
    later(HOUR);
    const token = await serviceToken(app);
    expect(await rotate()).toBe(true);
    expect(await signingKid()).toBe(next);
    later(2_000);
    expect(await publishedKids(replica)).toEqual(await publishedKids(app));
    expect(await publishedKids(app)).toContain(before);
    const keys = new RemoteKeySource({ url: `${replica.url}/.well-known/jwks.json` });
    const verifier = new TokenVerifier({ issuer: app.config.issuer, audience: 'gatehouse', keys });
    await expect(verifier.verify(token)).resolves.toBeDefined();
    later((app.config.longestTokenTtl + 301) * 1_000);
    expect(await publishedKids(app)).not.toContain(before);
  });

  it('do not sign before they were published for long enough', async () => {
    later(2 * DAY);
    await rotate();
    const before = await signingKid();
    expect(await rotate()).toBe(true);
    expect(await signingKid()).toBe(before);
    later(29_000);
    expect(await signingKid()).toBe(before);
    later(1_001);
    expect(await signingKid()).not.toBe(before);
  });

  it('rotate when one has signed for long enough, and no sooner', async () => {
    later(3 * DAY);
    await rotate();
    later(30 * DAY - 1_000);
    expect(await app.get(KeyRotation).rotateIfDue()).toBe(false);
    later(1_001);
    expect(await app.get(KeyRotation).rotateIfDue()).toBe(true);
  });

  it.each(['rotate', 'rotateIfDue'] as const)(
    'make one generation, however many replicas %s at the same moment',
    async (task) => {
      const replica = await startReplica();
      later(40 * DAY);
      const before = await newestGeneration();
      const tries = [app, replica, app, replica].map((each) => each.get(KeyRotation)[task]());
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
      expect(await newestGeneration()).toBe(before! + 1);
    },
  );

  it('are not replaced twice, where a replica has not heard that another one did', async () => {
    const replica = await startReplica();
    expect(await rotate(app)).toBe(true);
    expect(await rotate(replica)).toBe(false);
  });

  it('leave an audit event when they rotate', async () => {
    later(DAY);
    await rotate();
    const [event] = await app.get(Database).manager.find(AuditEvent, { order: { id: 'DESC' }, take: 1 });
    expect(event).toMatchObject({ type: 'key.rotation', subjectId: await signingKid(), actorId: null });
  });

  it('are deleted a month after they were last of use', async () => {
    const before = await signingKid();
    const keeps = () => app.get(Database).manager.existsBy(SigningKey, { kid: before });
    later(DAY);
    await rotate();
    later(app.config.longestTokenTtl * 1_000 + 30 * DAY);
    await rotate();
    expect(await keeps()).toBe(true);
    later(301_000);
    await rotate();
    expect(await keeps()).toBe(false);
  });
});

describe('signing keys', () => {
  it('follow the configured algorithm once a key of it has been published', async () => {
    const app = await createIdentityTestApp();
    const { databaseUrl } = app;
    const environment = { SIGNING_ALGORITHM: 'RS256' };
    const other = await createIdentityTestApp({ databaseUrl, environment });
    const before = await serviceToken(other);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
    const after = await serviceToken(other);
    const keys = new RemoteKeySource({ url: `${other.url}/.well-known/jwks.json` });
    const verifier = new TokenVerifier({ issuer: app.config.issuer, audience: 'gatehouse', keys });
    const verified = await Promise.all([verifier.verify(before), verifier.verify(after)]);
    vi.useRealTimers();
    await other.close();
    await app.close();
    expect([headerOf(before)['alg'], headerOf(after)['alg']]).toEqual(['ES256', 'RS256']);
    expect(verified).toHaveLength(2);
  });

  it('that another KEY_ENCRYPTION_KEY encrypted stop the start with a remedy', async () => {
    const app = await createIdentityTestApp();
    const start = createIdentityTestApp({
      databaseUrl: app.databaseUrl,
      environment: { KEY_ENCRYPTION_KEY: 'another' },
    });
    await expect(start).rejects.toThrow(/KEY_ENCRYPTION_KEY/);
    await app.close();
  });
});

describe.each(testDatabases())('the first signing keys on $name', (database) => {
  it('are made once by replicas that start at the same moment', async () => {
    const app = await createIdentityTestApp({ database });
    const { databaseUrl } = app;
    await app.get(Database).transaction((manager) => manager.query('DELETE FROM signing_keys'));
    const replicas = await Promise.all([1, 2, 3, 4].map(() => createIdentityTestApp({ databaseUrl })));
    const kids = await Promise.all(replicas.map(async (replica) => (await publishedKids(replica)).sort()));
    await Promise.all(replicas.map((replica) => replica.close()));
    await app.close();
    expect(new Set(kids.map(String)).size).toBe(1);
    expect(kids[0]).toHaveLength(2);
  });
});
