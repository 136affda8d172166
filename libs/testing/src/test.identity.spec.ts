import { afterEach, describe, expect, it } from 'vitest';
import { InvalidToken, KeysUnavailable, RemoteKeySource, TokenVerifier } from '@gatehouse/tokens';
import { TestIdentity, type TestIdentityOptions } from './test.identity.js';

describe('an identity for tests', () => {
  let identity: TestIdentity;
  let verifier: TokenVerifier;
  const start = async (options?: TestIdentityOptions) => {
    identity = await TestIdentity.start(options);
    const { issuer } = identity;
    const keys = new RemoteKeySource({ url: `${issuer}/.well-known/jwks.json`, cooldown: 0 });
    verifier = new TokenVerifier({ issuer, audience: options?.audience ?? 'gatehouse', keys });
  };
  afterEach(() => identity.close());

  it.each(['ES256', 'RS256'] as const)(
    'signs good tokens with %s and publishes the key',
    async (algorithm) => {
      await start({ algorithm });
      const claims = await verifier.verify(identity.tokenFor({ sub: 'usr_7', scope: 'account' }));
      expect(claims).toMatchObject({ sub: 'usr_7', scope: 'account', client_id: 'gatehouse:test' });
      expect(claims.sid).toMatch(/^ses_/);
    },
  );

  it('signs tokens of services, whose subject is their client', async () => {
    await start();
    const { sub, client_id, sid } = await verifier.verify(identity.tokenFor({ kind: 'service', sub: 'web' }));
    expect([sub, client_id, sid]).toEqual(['web', 'web', undefined]);
  });

  it('signs for another audience', async () => {
    await start({ audience: 'articles' });
    expect((await verifier.verify(identity.tokenFor())).aud).toEqual(['articles']);
  });

  it('signs whatever must be refused', async () => {
    await start();
    const bad = [
      identity.tokenFor({ exp: 1 }),
      identity.tokenFor({ iat: 'yesterday' as unknown as number }),
      identity.tokenFor({ jti: undefined }),
      identity.tokenFor({}, { header: { typ: 'JWT' } }),
      identity.tokenFor({}, { header: { kid: 'unknown' } }),
      identity.sign('{"sub":1,"sub":2}'),
      identity.sign(Buffer.of(0xff)),
    ];
    for (const token of bad) await expect(verifier.verify(token)).rejects.toThrow(InvalidToken);
  });

  it('keeps the key before the latest published, and retires older ones', async () => {
    await start();
    const first = identity.tokenFor();
    identity.rotateKeys();
    const second = identity.tokenFor();
    await verifier.verify(second);
    await verifier.verify(first);
    identity.rotateKeys({ announced: false }); // which verifiers have to fetch
    await verifier.verify(identity.tokenFor());
    await verifier.verify(second);
    await expect(verifier.verify(first)).rejects.toThrow(InvalidToken);
  });

  it('is away during an outage and comes back', async () => {
    await start();
    identity.outage();
    await expect(verifier.verify(identity.tokenFor())).rejects.toThrow(KeysUnavailable);
    identity.recover();
    await expect(verifier.verify(identity.tokenFor())).resolves.toBeDefined();
    expect(identity.keyRequests).toBe(1);
  });

  it('describes itself as RFC 8414 says', async () => {
    await start();
    const response = await fetch(`${identity.issuer}/.well-known/oauth-authorization-server`);
    expect(await response.json()).toMatchObject({
      issuer: identity.issuer,
      jwks_uri: `${identity.issuer}/.well-known/jwks.json`,
    });
    expect((await fetch(`${identity.issuer}/elsewhere`)).status).toBe(404);
  });
});
