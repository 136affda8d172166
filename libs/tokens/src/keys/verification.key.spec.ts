import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { LocalKeySource } from './local.key-source.js';
import { UnsuitableKey, verificationKey } from './verification.key.js';

describe('T12: a verification key', () => {
  it('has the algorithm that follows from it', () => {
    expect(verificationKey('a', generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey).algorithm).toBe(
      'ES256',
    );
    expect(
      verificationKey('a', generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey).algorithm,
    ).toBe('RS256');
  });

  it.each([
    ['RSA of 1024 bits', () => generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey],
    ['RSA-PSS', () => generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey],
    ['P-384', () => generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey],
    ['Ed25519', () => generateKeyPairSync('ed25519').publicKey],
    ['a private key', () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey],
    ['a secret', () => createSecretKey(Buffer.alloc(32))],
  ])('is not %s', (_name, make) => {
    expect(() => verificationKey('a', make())).toThrow(UnsuitableKey);
  });
});

describe('keys at hand', () => {
  it('keep of a private key its public half alone', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const keys = new LocalKeySource();
    keys.add('a', privateKey);
    expect((await keys.find('a'))!.key.equals(publicKey)).toBe(true);
  });

  it('tell that they changed', () => {
    const keys = new LocalKeySource();
    const generations = [keys.generation];
    keys.add('a', generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);
    generations.push(keys.generation);
    expect(keys.holds('a')).toBe(true);
    keys.remove('a');
    generations.push(keys.generation);
    expect(keys.holds('a')).toBe(false);
    expect(new Set(generations).size).toBe(3);
  });
});
