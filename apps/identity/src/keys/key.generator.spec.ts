import { createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { generateSigningKey, thumbprintOf } from './key.generator.js';

describe('generateSigningKey', () => {
  it('makes P-256 keys for ES256', async () => {
    const { publicJwk } = await generateSigningKey('ES256');
    expect(publicJwk).toMatchObject({ kty: 'EC', crv: 'P-256' });
    expect(publicJwk).not.toHaveProperty('d');
  });

  it('makes RSA keys of at least 2048 bits for RS256', async () => {
    const { publicJwk } = await generateSigningKey('RS256');
    const { modulusLength } = createPublicKey({ key: publicJwk, format: 'jwk' }).asymmetricKeyDetails ?? {};
    expect(modulusLength).toBeGreaterThanOrEqual(2048);
    expect(publicJwk).not.toHaveProperty('d');
  });
});

describe('thumbprintOf', () => {
  it('gives the thumbprint of the example in RFC 7638 §3.1', () => {
    const example = {
      kty: 'RSA',
      n:
        '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMst' +
        'n64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91' +
        'CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
      e: 'AQAB',
      alg: 'RS256',
      kid: '2011-04-29',
    };
    expect(thumbprintOf(example)).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
  });
});
