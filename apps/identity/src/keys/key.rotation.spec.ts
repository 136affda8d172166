import { InvalidToken, RemoteKeySource, TokenVerifier } from '@gatehouse/tokens';
import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Revocation } from '../revocation/revocation.entity.js';
import { headerOf, userToken } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { KeyRetirement } from './key.retirement.js';
import { KeyRing } from './key.ring.js';
import { KeyRotation } from './key.rotation.js';
import { SigningKey } from './signing-key.entity.js';

const ORIGIN = { address: '127.0.0.1', device: null };
const HOUR = 3_600_000;

describe.each(testDatabases())('signing keys on $name', (database) => {
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

  const publishedKids = async (from = app) => {
    const { keys } = (await (await from.fetch('/.well-known/jwks.json')).json()) as {
      keys: { kid: string }[];
    };
    return keys.map(({ kid }) => kid);
  };
  const signingKid = async (from = app) => String(headerOf(await userToken(from))['kid']);
  const later = (milliseconds: number) =>
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds });

  it('are the same two for replicas that start', async () => {
    expect(await publishedKids()).toHaveLength(2);
    expect(await publishedKids(replica)).toEqual(await publishedKids());
    expect(await signingKid(replica)).toBe(await signingKid());
  });

  it('lie in the database encrypted', async () => {
    const rows = await app.get(Database).manager.find(SigningKey);
    for (const { sealedPrivateKey, publicJwk } of rows) {
      expect(publicJwk).not.toHaveProperty('d');
      expect(Buffer.from(sealedPrivateKey, 'base64url').includes(Buffer.from('0201010420', 'hex'))).toBe(
        false,
      );
    }
  });

  it('rotate: the next one, published before, signs; the old one stays published for its tokens', async () => {
    const before = await signingKid();
    const token = await userToken(app);
    const [next] = (await publishedKids()).filter((kid) => kid !== before);
    later(HOUR);
    expect(await app.get(KeyRotation).rotate()).toBe(true);
    expect(await signingKid()).toBe(next);
    later(2_000);
    expect(await publishedKids(replica)).toEqual(await publishedKids());
    expect(await publishedKids()).toContain(before);
    const keys = new RemoteKeySource({ url: `${replica.url}/.well-known/jwks.json` });
    const verifier = new TokenVerifier({ issuer: app.config.issuer, audience: 'gatehouse', keys });
    await expect(verifier.verify(token)).resolves.toBeDefined();
    later(25 * HOUR);
    expect(await publishedKids()).not.toContain(before);
  });

  it('do not sign before they were published for long enough', async () => {
    later(100 * HOUR);
    await app.get(KeyRotation).rotate();
    const before = await signingKid();
    expect(await app.get(KeyRotation).rotate()).toBe(true);
    expect(await signingKid()).toBe(before);
    later(31_000);
    expect(await signingKid()).not.toBe(before);
  });

  it('rotate once, however many replicas try at the same moment', async () => {
    const count = () => app.get(Database).manager.count(SigningKey);
    const before = await count();
    later(60 * 24 * HOUR);
    const tries = [app, replica, app, replica].map((from) => from.get(KeyRotation).rotateIfDue());
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    expect(await count()).toBe(before + 1);
  });

  it('are retired in an emergency: not published, nothing they signed is good, the next one signs at once', async () => {
    later(200 * 24 * HOUR);
    await app.get(KeyRotation).rotate();
    later(60_000);
    await app.get(KeyRing).read();
    const [kid, token] = [await signingKid(), await userToken(app)];
    await app.get(KeyRetirement).retire(kid, 'usr_demo_admin', ORIGIN);
    expect(await publishedKids()).not.toContain(kid);
    expect(await publishedKids()).toHaveLength((await app.get(KeyRing).published()).length);
    expect(await signingKid()).not.toBe(kid);
    const verifier = new TokenVerifier({
      issuer: app.config.issuer,
      audience: 'gatehouse',
      keys: app.get(KeyRing),
    });
    await expect(verifier.verify(token)).rejects.toThrow(InvalidToken);
    expect(await app.get(Database).manager.countBy(Revocation, { kind: 'key', revokedId: kid })).toBe(1);
    await expect(app.get(KeyRetirement).retire(kid, 'usr_demo_admin', ORIGIN)).rejects.toThrow('no such key');
  });
});

describe('signing keys', () => {
  it('follow the configured algorithm once a key of it has been published', async () => {
    const app = await createIdentityTestApp();
    const other = await createIdentityTestApp({
      databaseUrl: app.databaseUrl,
      environment: { SIGNING_ALGORITHM: 'RS256', KEY_PUBLICATION_LEAD: '0s' },
    });
    const token = await userToken(other);
    await other.close();
    await app.close();
    expect(headerOf(token)['alg']).toBe('RS256');
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

  it('are made once by replicas that start at the same moment', async () => {
    const { databaseUrl, ...app } = await createIdentityTestApp();
    await app.get(Database).transaction((manager) => manager.clear(SigningKey));
    const replicas = await Promise.all([1, 2, 3].map(() => createIdentityTestApp({ databaseUrl })));
    const kids = await Promise.all(
      replicas.map(async (replica) => (await replica.get(KeyRing).published()).map(({ kid }) => kid).sort()),
    );
    await Promise.all(replicas.map((replica) => replica.close()));
    await app.close();
    expect(new Set(kids.map(String)).size).toBe(1);
    expect(kids[0]).toHaveLength(2);
  });
});
