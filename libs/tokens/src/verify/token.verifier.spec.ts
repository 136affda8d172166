import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AccessTokenClaims } from '@gatehouse/contracts';
import { LocalKeySource } from '../keys/local.key-source.js';
import { InvalidToken } from './invalid-token.error.js';
import { TokenVerifier } from './token.verifier.js';
import {
  AUDIENCE,
  CLAIMS,
  ec,
  encoded,
  forged,
  HEADER,
  hmacToken,
  ISSUER,
  keys,
  NOW,
  refusalOf,
  rsa,
  RSA_HEADER,
  signatureOf,
  tokenWith,
  verifier,
} from '../testing/token.fixture.js';

describe('a good token', () => {
  it('is accepted with an ES256 signature', async () => {
    expect(await verifier.verify(tokenWith())).toEqual(CLAIMS);
  });

  it('is accepted with an RS256 signature', async () => {
    expect(await verifier.verify(forged(RSA_HEADER, CLAIMS, rsa.privateKey))).toEqual(CLAIMS);
  });

  it('is accepted again and again: verifying keeps no state', async () => {
    const token = tokenWith();
    await verifier.verify(token);
    expect(await verifier.verify(token)).toEqual(CLAIMS);
  });

  it('may carry what it does not have to', async () => {
    const claims = { nbf: NOW, roles: ['admin'], act: { sub: 'consumer', act: { sub: 'web' } }, extra: null };
    expect(await verifier.verify(tokenWith({ claims }))).toEqual({ ...CLAIMS, ...claims });
  });

  it('may name several audiences, or one without a list', async () => {
    const audiencesOf = async (aud: unknown) => (await verifier.verify(tokenWith({ claims: { aud } }))).aud;
    expect(await audiencesOf(['other', AUDIENCE])).toEqual(['other', AUDIENCE]);
    expect(await audiencesOf(AUDIENCE)).toEqual([AUDIENCE]);
  });

  it('belongs to a service when it has no session', async () => {
    const claims = { sub: 'consumer', client_id: 'consumer', sid: undefined, scope: '' };
    const { sid }: AccessTokenClaims = await verifier.verify(tokenWith({ claims }));
    expect(sid).toBeUndefined();
  });

  it('tells which key signed it', async () => {
    expect(await verifier.open(tokenWith())).toMatchObject({ kid: 'ec-1', claims: CLAIMS });
  });
});

describe('T1: one algorithm per key, chosen by us', () => {
  it.each([['none'], [null], [undefined], ['RS256'], ['HS256'], ['ES384'], ['es256'], [['ES256']], ['']])(
    'refuses alg %j on a good ES256 signature',
    async (alg) => {
      expect(await refusalOf(tokenWith({ header: { alg } }))).toBe('alg is not the one of the key');
    },
  );

  it('refuses a token without a signature', async () => {
    const unsigned = `${encoded({ ...HEADER, alg: 'none' })}.${encoded(CLAIMS)}.`;
    expect(await refusalOf(unsigned)).toBe('the signature is not canonical base64url');
  });

  it('refuses an HMAC made with the public key', async () => {
    const pem = ec.publicKey.export({ format: 'pem', type: 'spki' });
    expect(await refusalOf(hmacToken({ alg: 'HS256' }, pem))).toBe('alg is not the one of the key');
    expect(await refusalOf(hmacToken({}, pem))).toBe('the signature does not fit');
  });

  it('refuses a signature of another kind of key, whatever the header says', async () => {
    expect(await refusalOf(forged(HEADER, CLAIMS, rsa.privateKey))).toBe('the signature does not fit');
    expect(await refusalOf(forged(RSA_HEADER, CLAIMS, ec.privateKey))).toBe('the signature does not fit');
  });
});

describe('T1: signatures', () => {
  it('refuses one by an unknown key under a known name', async () => {
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(await refusalOf(forged(HEADER, CLAIMS, stranger.privateKey))).toBe('the signature does not fit');
  });

  it('refuses a header or a payload that was changed after signing', async () => {
    const [header, payload, signature] = tokenWith().split('.');
    const otherPayload = encoded({ ...CLAIMS, sub: 'usr_2' });
    const otherHeader = encoded({ ...HEADER, extra: 1 });
    expect(await refusalOf(`${header}.${otherPayload}.${signature}`)).toBe('the signature does not fit');
    expect(await refusalOf(`${otherHeader}.${payload}.${signature}`)).toBe('the signature does not fit');
  });

  it('refuses the DER form of a good ES256 signature', async () => {
    const { sign } = await import('node:crypto');
    const input = `${encoded(HEADER)}.${encoded(CLAIMS)}`;
    const der = sign('sha256', Buffer.from(input), ec.privateKey);
    expect(await refusalOf(`${input}.${der.toString('base64url')}`)).toBe('the signature does not fit');
  });

  it.each([
    ['longer by a zero', (s: Buffer) => Buffer.concat([s, Buffer.alloc(1)])],
    [
      'with zeros before each half',
      (s: Buffer) => Buffer.concat([Buffer.alloc(1), s.subarray(0, 32), Buffer.alloc(1), s.subarray(32)]),
    ],
    ['shorter', (s: Buffer) => s.subarray(0, 63)],
    ['of zeros', () => Buffer.alloc(64)],
    ['of ones', () => Buffer.alloc(64, 0xff)],
    ['with r alone zero', (s: Buffer) => Buffer.concat([Buffer.alloc(32), s.subarray(32)])],
    ['with s alone zero', (s: Buffer) => Buffer.concat([s.subarray(0, 32), Buffer.alloc(32)])],
    ['twice', (s: Buffer) => Buffer.concat([s, s])],
    ['of one byte', () => Buffer.alloc(1)],
  ])('refuses an ES256 signature %s', async (_name, bend) => {
    const input = `${encoded(HEADER)}.${encoded(CLAIMS)}`;
    const bent = bend(signatureOf(input, ec.privateKey)).toString('base64url');
    expect(await refusalOf(`${input}.${bent}`)).toBe('the signature does not fit');
  });

  it.each([
    ['longer', (s: Buffer) => Buffer.concat([s, Buffer.alloc(1)])],
    ['longer in front', (s: Buffer) => Buffer.concat([Buffer.alloc(1), s])],
    ['shorter', (s: Buffer) => s.subarray(0, 255)],
    ['of zeros', () => Buffer.alloc(256)],
  ])('refuses an RS256 signature %s', async (_name, bend) => {
    const input = `${encoded(RSA_HEADER)}.${encoded(CLAIMS)}`;
    const bent = bend(signatureOf(input, rsa.privateKey)).toString('base64url');
    expect(await refusalOf(`${input}.${bent}`)).toBe('the signature does not fit');
  });
});

describe('T5: no other kind of token passes', () => {
  it.each([['at+jwt'], ['AT+JWT'], ['application/at+jwt'], ['Application/At+Jwt']])(
    'accepts typ %s',
    async (typ) => {
      expect(await verifier.verify(tokenWith({ header: { typ } }))).toEqual(CLAIMS);
    },
  );

  it.each([
    ['JWT'],
    ['jwt'],
    [undefined],
    [null],
    [''],
    ['rt+jwt'],
    ['logout+jwt'],
    ['token-introspection+jwt'],
    ['at+jwt '],
    ['xat+jwt'],
    ['at+jwt; v=1'],
    ['text/at+jwt'],
    ['application/application/at+jwt'],
    [['at+jwt']],
    [{}],
  ])('refuses typ %j', async (typ) => {
    expect(await refusalOf(tokenWith({ header: { typ } }))).toBe('not an access token by its typ');
  });
});

describe('T6: issuer, audience and time', () => {
  it.each([
    [`${ISSUER}/`],
    ['https://ID.example.com'],
    ['http://id.example.com'],
    [`${ISSUER}:443`],
    ['https://evil.example'],
    ['id.example.com'],
  ])('refuses the issuer %j', async (iss) => {
    expect(await refusalOf(tokenWith({ claims: { iss } }))).toBe('from another issuer');
  });

  it.each([
    [['other']],
    [[]],
    ['other'],
    [['Gatehouse']],
    [['gatehouse2']],
    ['gatehouse,other'],
    [['gatehouse other']],
  ])('refuses the audience %j', async (aud) => {
    expect(await refusalOf(tokenWith({ claims: { aud } }))).toBe('for another audience');
  });

  it('accepts a token until its end plus the skew, and not a second longer', async () => {
    expect(await verifier.verify(tokenWith({ claims: { exp: NOW - 59 } }))).toBeDefined();
    expect(await refusalOf(tokenWith({ claims: { exp: NOW - 60 } }))).toBe('expired');
    expect(await refusalOf(tokenWith({ claims: { exp: 0 } }))).toBe('expired');
    expect(await refusalOf(tokenWith({ claims: { exp: -1e300 } }))).toBe('expired');
  });

  it('accepts a token from its nbf minus the skew, and not a second sooner', async () => {
    expect(await verifier.verify(tokenWith({ claims: { nbf: NOW + 60 } }))).toBeDefined();
    expect(await refusalOf(tokenWith({ claims: { nbf: NOW + 61 } }))).toBe('not valid yet');
  });

  it('refuses a token from the future', async () => {
    expect(await verifier.verify(tokenWith({ claims: { iat: NOW + 60 } }))).toBeDefined();
    expect(await refusalOf(tokenWith({ claims: { iat: NOW + 61 } }))).toBe('issued in the future');
  });

  it('tolerates no more than 60 seconds of difference between the clocks', () => {
    const withSkew = (skew: number) => () =>
      new TokenVerifier({ issuer: ISSUER, audience: AUDIENCE, keys, skew });
    expect(withSkew(60)).not.toThrow();
    for (const skew of [61, -1, Number.NaN]) expect(withSkew(skew)).toThrow(RangeError);
  });

  it('uses a smaller skew where it is asked to', async () => {
    const strict = new TokenVerifier({
      issuer: ISSUER,
      audience: AUDIENCE,
      keys,
      skew: 0,
      clock: () => NOW * 1_000,
    });
    await expect(strict.verify(tokenWith({ claims: { exp: NOW } }))).rejects.toThrow(InvalidToken);
    await expect(strict.verify(tokenWith({ claims: { exp: NOW + 1 } }))).resolves.toBeDefined();
  });
});

describe('T6, T7: claims of the right types', () => {
  const REQUIRED = ['iss', 'sub', 'aud', 'exp', 'iat', 'jti', 'client_id', 'scope'];
  const MISSING = 'a required claim is missing or of the wrong type';
  const WRONG = [undefined, null, true, {}, [], 0];
  const TEXTS = ['iss', 'sub', 'jti', 'client_id', 'scope'];

  it.each(REQUIRED)('refuses a token without %s', async (claim) => {
    expect(await refusalOf(tokenWith({ claims: { [claim]: undefined } }))).toBe(MISSING);
  });

  it.each(TEXTS.flatMap((claim) => WRONG.map((value) => [claim, value])))(
    'refuses %s of %j',
    async (claim, value) => {
      expect(await refusalOf(tokenWith({ claims: { [claim as string]: value } }))).toBe(MISSING);
    },
  );

  it.each(['sub', 'jti', 'client_id'])('refuses an empty %s', async (claim) => {
    expect(await refusalOf(tokenWith({ claims: { [claim]: '' } }))).toBe(MISSING);
  });

  it.each([[null], [1], [{}], [[1, AUDIENCE]], [[[AUDIENCE]]], ['']])('refuses aud of %j', async (aud) => {
    expect(await refusalOf(tokenWith({ claims: { aud } }))).toBe(MISSING);
  });

  it.each(
    ['exp', 'iat'].flatMap((claim) => ['1780000900', null, true, [NOW], {}].map((value) => [claim, value])),
  )('refuses %s of %j', async (claim, value) => {
    expect(await refusalOf(tokenWith({ claims: { [claim as string]: value } }))).toBe(MISSING);
  });

  it('refuses an exp beyond all numbers', async () => {
    const payload = JSON.stringify(CLAIMS).replace(`"exp":${CLAIMS.exp}`, '"exp":1e999');
    expect(await refusalOf(forged(HEADER, payload))).toBe(MISSING);
  });

  it.each([
    ['nbf', '1'],
    ['nbf', null],
    ['sid', 1],
    ['sid', ''],
    ['sid', null],
    ['csrf_token', {}],
    ['csrf_token', ''],
    ['roles', 'admin'],
    ['roles', [1]],
    ['roles', null],
    ['act', 'consumer'],
    ['act', null],
    ['act', {}],
    ['act', { sub: 1 }],
    ['act', { sub: 'a', act: 'b' }],
  ])('refuses the optional claim %s of %j', async (claim, value) => {
    expect(await refusalOf(tokenWith({ claims: { [claim]: value } }))).toBe(
      'an optional claim is of the wrong type',
    );
  });
});

describe('T8: kid', () => {
  it.each([
    ['../../etc/passwd'],
    ["ec-1' OR '1'='1"],
    ['__proto__'],
    ['constructor'],
    ['toString'],
    ['ec-1\u0000'],
    ['EC-1'],
    ['ec-1 '],
    ['http://evil.example/key'],
  ])('looks %j up as a name and finds nothing', async (kid) => {
    expect(await refusalOf(tokenWith({ header: { kid } }))).toBe('unknown kid');
  });

  it.each([[undefined], [null], [''], [1], [['ec-1']], [{}]])('refuses kid %j', async (kid) => {
    expect(await refusalOf(tokenWith({ header: { kid } }))).toBe('no kid');
  });

  it('refuses what a key signed that was taken out of use', async () => {
    const own = new LocalKeySource();
    own.add('ec-1', ec.publicKey);
    const guard = new TokenVerifier({
      issuer: ISSUER,
      audience: AUDIENCE,
      keys: own,
      clock: () => NOW * 1_000,
    });
    await guard.verify(tokenWith());
    own.remove('ec-1');
    await expect(guard.verify(tokenWith())).rejects.toThrow(InvalidToken);
  });
});

describe('a refusal', () => {
  it('tells the caller nothing but that the token is not valid, whatever the reason', async () => {
    const tokens = ['', 'x', tokenWith({ claims: { exp: 1 } }), tokenWith({ header: { alg: 'none' } })];
    for (const token of tokens) {
      await expect(verifier.verify(token)).rejects.toMatchObject({
        code: 'invalid_token',
        message: 'The access token is not valid.',
        headers: {
          'WWW-Authenticate':
            'Bearer error="invalid_token", error_description="The access token is not valid"',
        },
      });
    }
  });

  it('quotes nothing of the token in its reason', async () => {
    const mark = 'zqzqz';
    const tokens = [
      mark,
      `${mark}.${mark}.${mark}`,
      tokenWith({ header: { kid: mark } }),
      tokenWith({ claims: { iss: mark } }),
    ];
    for (const token of tokens) expect(await refusalOf(token)).not.toContain(mark);
  });
});
