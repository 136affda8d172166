import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keysOf } from './json-web-key.set.js';

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwkOf = (key: KeyObject, kid: string, more: object = {}) => ({
  ...key.export({ format: 'jwk' }),
  kid,
  ...more,
});
const good = jwkOf(ec.publicKey, 'good');

/** The ids of the keys that are taken from a set with these members and one good key. */
const takenFrom = (...members: unknown[]) => [...keysOf({ keys: [...members, good] }).keys()];

describe('a JWK set', () => {
  it('gives its P-256 and RSA keys, each with its own algorithm', () => {
    const keys = keysOf({ keys: [good, jwkOf(rsa.publicKey, 'rsa')] });
    expect(keys.get('good')).toMatchObject({ kid: 'good', algorithm: 'ES256' });
    expect(keys.get('rsa')).toMatchObject({ kid: 'rsa', algorithm: 'RS256' });
  });

  it('may say what its keys are for', () => {
    const said = { use: 'sig', key_ops: ['verify'], alg: 'ES256', x5c: ['ignored'], ext: true };
    expect(takenFrom(jwkOf(ec.publicKey, 'said', said))).toEqual(['said', 'good']);
  });

  it('T8: passes over keys for another use', () => {
    const others = [
      { use: 'enc' },
      { use: null },
      { key_ops: ['encrypt'] },
      { key_ops: [] },
      { key_ops: 'verify' },
    ];
    expect(takenFrom(...others.map((more, i) => jwkOf(ec.publicKey, `${i}`, more)))).toEqual(['good']);
  });

  it('T1: passes over keys of which it says another algorithm', () => {
    const others = [
      jwkOf(ec.publicKey, 'a', { alg: 'RS256' }),
      jwkOf(ec.publicKey, 'b', { alg: null }),
      jwkOf(rsa.publicKey, 'c', { alg: 'PS256' }),
    ];
    expect(takenFrom(...others)).toEqual(['good']);
  });

  it('T11: passes over private and symmetric keys', () => {
    const secret = { kty: 'oct', k: Buffer.alloc(32).toString('base64url'), kid: 'oct' };
    expect(takenFrom(jwkOf(ec.privateKey, 'ec'), jwkOf(rsa.privateKey, 'rsa'), secret)).toEqual(['good']);
  });

  it('T12: passes over keys that are too weak or of another kind', () => {
    const publicKeys = [
      generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey,
      generateKeyPairSync('rsa', { modulusLength: 2040 }).publicKey,
      generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey,
      generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey,
      generateKeyPairSync('ed25519').publicKey,
    ];
    expect(takenFrom(...publicKeys.map((key, i) => jwkOf(key, `${i}`)))).toEqual(['good']);
  });

  it('T12: passes over an RSA key so large that verifying with it would be a denial of service', () => {
    const n = Buffer.alloc(1_100, 0xff).toString('base64url');
    expect(takenFrom({ kty: 'RSA', n, e: 'AQAB', kid: 'huge' })).toEqual(['good']);
  });

  it('T12: passes over a point that is not on the curve', () => {
    const { x } = jwkOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey, 'off') as {
      x?: string;
    };
    expect(takenFrom({ ...good, kid: 'off', x })).toEqual(['good']);
  });

  it('passes over members that are no keys', () => {
    expect(
      takenFrom(null, 1, 'x', [], {}, { ...good, kid: undefined }, { ...good, kid: '' }, { ...good, kid: 7 }),
    ).toEqual(['good']);
  });

  it('lets no later key displace one of the same name', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
    const { key } = keysOf({ keys: [good, jwkOf(other, 'good')] }).get('good')!;
    expect(key.equals(ec.publicKey)).toBe(true);
  });

  it.each([[null], [[]], [{}], [{ keys: {} }], [{ keys: [] }], ['keys'], [{ keys: [{ kty: 'EC' }] }]])(
    'is not %j',
    (set) => {
      expect(() => keysOf(set)).toThrow(TypeError);
    },
  );
});
