import { generateKeyPairSync } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import { beforeEach, describe, expect, it } from 'vitest';
import { InvalidToken, KeysUnavailable, LocalKeySource } from '@gatehouse/tokens';
import { Authority } from './authority.js';

const NOW = 1_780_000_000;
const ISSUER = 'https://id.example.com';
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const header = { alg: 'ES256', typ: 'at+jwt', kid: 'a' };
const jwt = new JwtService({ privateKey, signOptions: { algorithm: 'ES256', header } });

function tokenOf(jti: string): string {
  const claims = { iss: ISSUER, sub: 'usr_1', aud: ['gatehouse'], client_id: 'web', scope: '', jti };
  return jwt.sign({ ...claims, iat: NOW, exp: NOW + 900 });
}

describe('the authority of a guarded service', () => {
  const revocations = {
    epoch: 0,
    current: true,
    status: { connected: true, entries: 0, staleness: 0 },
    covers: () => false as boolean,
    subscribe: () => undefined,
  };
  let authority: Authority;
  const admit = async (token: string) => authority.admit(token, await authority.verifier.open(token));
  const heat = async (token: string) => {
    await admit(token);
    await admit(token);
    expect(authority.recall(token)).toBeDefined();
  };

  beforeEach(() => {
    Object.assign(revocations, { epoch: 0, current: true, covers: () => false });
    const keys = new LocalKeySource();
    keys.add('a', publicKey);
    const options = { issuer: ISSUER, audience: 'gatehouse', keys, clock: () => NOW * 1_000 };
    authority = new Authority({ ...options, revocations });
  });

  it('remembers a token when it comes for the second time', async () => {
    const token = tokenOf('1');
    await admit(token);
    expect(authority.recall(token)).toBeUndefined();
    await admit(token);
    expect(authority.recall(token)).toMatchObject({ id: 'usr_1', tokenId: '1' });
  });

  it('answers nothing while what it knows of revocations is too old, hot or not', async () => {
    const token = tokenOf('1');
    await heat(token);
    revocations.current = false;
    expect(() => authority.recall(token)).toThrow(KeysUnavailable);
    await expect(admit(tokenOf('2'))).rejects.toThrow(KeysUnavailable);
    revocations.current = true;
    expect(authority.recall(token)).toBeDefined();
  });

  it('looks at the revocations again only when there are new ones', async () => {
    const token = tokenOf('1');
    await heat(token);
    let looks = 0;
    revocations.covers = () => {
      looks += 1;
      return false;
    };
    for (let use = 0; use < 10; use += 1) authority.recall(token);
    expect(looks).toBe(0);
    revocations.epoch = 1;
    for (let use = 0; use < 10; use += 1) authority.recall(token);
    expect(looks).toBe(1);
  });

  it('forgets a revoked token for good', async () => {
    const token = tokenOf('1');
    await heat(token);
    revocations.covers = () => true;
    revocations.epoch = 1;
    expect(authority.recall(token)).toBeUndefined();
    await expect(admit(token)).rejects.toThrow(InvalidToken);
    expect(authority.recall(token)).toBeUndefined();
  });

  it('keeps a token that is used, however many others come once or twice', async () => {
    const hot = tokenOf('hot');
    await heat(hot);
    const verified = await authority.verifier.open(hot);
    let kept = true;
    for (let i = 0; i < 50_000; i += 1) {
      const signature = Buffer.alloc(64);
      signature.writeUInt32LE(i, 0);
      signature.writeUInt32LE(i, 4);
      for (let use = 0; use < 2; use += 1) authority.admit(`other-${i}`, { ...verified, signature });
      kept = kept && authority.recall(hot) !== undefined;
    }
    expect([kept, authority.recall('other-0')]).toEqual([true, undefined]);
  });
});
