import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidToken } from './invalid-token.error.js';
import {
  CLAIMS,
  ec,
  encoded,
  forged,
  HEADER,
  refusalOf,
  tokenWith,
  verifier,
} from '../testing/token.fixture.js';

const [header, payload, signature] = tokenWith().split('.') as [string, string, string];

describe('T2: no header chooses the key', () => {
  it('neither follows jku and x5u nor takes jwk and x5c', async () => {
    const calls: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      calls.push(request.url);
      response.end(JSON.stringify({ keys: [] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const jwk = { ...ec.publicKey.export({ format: 'jwk' }), kid: 'mine' };
    const tempting = { jku: `${url}/jku`, x5u: `${url}/x5u`, jwk, x5c: ['MIIB'] };
    expect(await refusalOf(tokenWith({ header: { ...tempting, kid: 'mine' } }))).toBe('unknown kid');
    expect(await refusalOf(tokenWith({ header: { ...tempting, kid: undefined } }))).toBe('no kid');
    expect(await verifier.verify(tokenWith({ header: tempting }))).toEqual(CLAIMS);
    expect(calls).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('T3: what is no plain JWS', () => {
  it.each([[['exp']], [[]], [['b64']], ['exp'], [null]])('refuses crit %j', async (crit) => {
    expect(await refusalOf(tokenWith({ header: { crit } }))).toBe('an extension is critical');
  });

  it.each([[false], [true], [null]])('refuses b64 %j', async (b64) => {
    expect(await refusalOf(tokenWith({ header: { b64 } }))).toBe('an extension is critical');
  });

  it('refuses a JWE', async () => {
    expect(await refusalOf(`${header}.${payload}.${payload}.${payload}.${signature}`)).toBe(
      'not a JWS of three parts',
    );
  });

  it('refuses the JSON serialisations', async () => {
    const flattened = JSON.stringify({ protected: header, payload, signature });
    const general = JSON.stringify({ payload, signatures: [{ protected: header, signature }] });
    expect(await refusalOf(flattened)).toBe('not a JWS of three parts');
    expect(await refusalOf(general)).toBe('not a JWS of three parts');
  });

  it.each([
    '',
    '.',
    '..',
    '...',
    'abc',
    `${header}.${payload}`,
    `${header}.${payload}.${signature}.`,
    `.${header}.${payload}.${signature}`,
  ])('refuses %j', async (token) => {
    expect(await refusalOf(token)).toMatch(/three parts|base64url/);
  });
});

describe('T4: canonical base64url alone', () => {
  const alter = (part: string) => [
    ['padding', `${part}=`],
    ['double padding', `${part}==`],
    ['a space', `${part} `],
    ['a space in the middle', `${part.slice(0, 9)} ${part.slice(9)}`],
    ['a line break', `${part}\n`],
    ['a letter of another alphabet', `${part.slice(0, -4)}+/+/`],
    ['a letter of none', `${part}!`],
    ['a null', `${part}\u0000`],
    ['a letter beyond ASCII', `${part}é`],
    ['one letter too many', `${part}${'A'.repeat(5 - (part.length % 4))}`],
  ];

  it.each(alter(signature))('refuses a signature with %s', async (_name, part) => {
    expect(await refusalOf(`${header}.${payload}.${part}`)).toMatch(/not canonical base64url|does not fit/);
  });

  it('refuses a signature in the alphabet of base64', async () => {
    let token = tokenWith();
    while (!/[-_][^.]*$/.test(token)) token = tokenWith();
    const [head, body, tail] = token.split('.');
    const standard = tail!.replaceAll('-', '+').replaceAll('_', '/');
    expect(await refusalOf(`${head}.${body}.${standard}`)).toBe('the signature is not canonical base64url');
  });

  it('refuses a signature whose unused last bits are set: the same bytes, another token', async () => {
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const sibling = last[last.indexOf(signature.at(-1)!) ^ 1]!;
    const twin = `${signature.slice(0, -1)}${sibling}`;
    expect(Buffer.from(twin, 'base64url')).toEqual(Buffer.from(signature, 'base64url'));
    expect(await refusalOf(`${header}.${payload}.${twin}`)).toBe('the signature is not canonical base64url');
  });

  it('refuses a padded header or payload, even rightly signed', async () => {
    const { sign } = await import('node:crypto');
    const signed = (input: string) =>
      `${input}.${sign('sha256', Buffer.from(input), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
    expect(await refusalOf(signed(`${header}=.${payload}`))).toBe('the header is not canonical base64url');
    expect(await refusalOf(signed(`${header}.${payload}=`))).toBe('the payload is not canonical base64url');
  });
});

describe('T7: hostile JSON', () => {
  const claims = JSON.stringify(CLAIMS);
  const head = JSON.stringify(HEADER);
  const nested = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
  const PAYLOAD = 'the payload is no strict JSON object';

  it('refuses a claim given twice, even with one and the same value', async () => {
    expect(await refusalOf(forged(HEADER, claims.replace('{', '{"sub":"usr_2",')))).toBe(PAYLOAD);
    expect(await refusalOf(forged(HEADER, claims.replace('{', '{"sub":"usr_1",')))).toBe(PAYLOAD);
    expect(await refusalOf(forged(HEADER, claims.replace('{', String.raw`{"s\u0075b":"usr_2",`)))).toBe(
      PAYLOAD,
    );
    expect(await refusalOf(forged(HEADER, claims.replace('}', ',"act":{"sub":"a","sub":"b"}}')))).toBe(
      PAYLOAD,
    );
    expect(await refusalOf(forged(HEADER, claims.replace('}', ',"x":[{"a":1,"a":1}]}')))).toBe(PAYLOAD);
  });

  it('refuses a header member given twice', async () => {
    const twice = head.replace('{', '{"alg":"none",');
    expect(await refusalOf(forged(twice, CLAIMS))).toBe('the header is no strict JSON object');
  });

  it('is not taken in by colons, braces and quotes inside strings', async () => {
    const tricky = { x: '{"a":1,"a":2}', 'y:"}': [':', '\\', '"', { ':': ':' }] };
    expect(await verifier.verify(tokenWith({ claims: tricky }))).toMatchObject(tricky);
  });

  it('refuses bad UTF-8, a byte order mark and other encodings', async () => {
    const bad = Buffer.from(claims.replace('usr_1', 'usr_\u00e9'), 'latin1');
    expect(await refusalOf(forged(HEADER, bad))).toBe(PAYLOAD);
    expect(await refusalOf(forged(HEADER, `\ufeff${claims}`))).toBe(PAYLOAD);
    expect(await refusalOf(forged(HEADER, Buffer.from(claims, 'utf16le')))).toBe(PAYLOAD);
    expect(await refusalOf(forged(Buffer.concat([Buffer.from(head), Buffer.of(0xff)]), CLAIMS))).toContain(
      'header',
    );
  });

  it('accepts any name in good UTF-8', async () => {
    expect((await verifier.verify(tokenWith({ claims: { sub: 'usr_é字🎟' } }))).sub).toBe('usr_é字🎟');
  });

  it('refuses deep nesting, short and 5,000 deep', async () => {
    const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(await refusalOf(forged(HEADER, claims.replace('}', `,"x":${deep(16)}}`)))).toBe(PAYLOAD);
    expect(await verifier.verify(forged(HEADER, claims.replace('}', `,"x":${deep(15)}}`)))).toBeDefined();
    expect(await refusalOf(forged(HEADER, claims.replace('}', `,"x":${deep(2_500)}}`)))).toBe(PAYLOAD);
    expect(await refusalOf(forged(head.replace('}', `,"x":${deep(2_500)}}`), CLAIMS))).toContain('header');
    expect(await refusalOf(forged(HEADER, nested))).toBe('longer than 8 kB');
  });

  it.each([
    'null',
    '1',
    '"x"',
    '[]',
    '[{}]',
    '',
    ' ',
    '{',
    '{}}',
    "{'sub':1}",
    '{"sub":1,}',
    'undefined',
    '{"a":01}',
    'NaN',
  ])('refuses the payload %j and the same as header', async (text) => {
    expect(await refusalOf(forged(HEADER, text))).toMatch(/^the payload is/);
    expect(await refusalOf(forged(text, CLAIMS))).toMatch(/^the header is/);
  });

  it('gives nothing to a __proto__ member', async () => {
    const polluted = claims.replace('}', ',"__proto__":{"roles":["admin"]}}').replace('"sid":"ses_1",', '');
    const verified = await verifier.verify(forged(HEADER, polluted));
    expect(verified.roles).toBeUndefined();
    const inherited = JSON.stringify({ ...CLAIMS, sub: undefined }).replace(
      '}',
      ',"__proto__":{"sub":"usr_1"}}',
    );
    expect(await refusalOf(forged(HEADER, inherited))).toBe(
      'a required claim is missing or of the wrong type',
    );
  });
});

describe('T9: size', () => {
  it('refuses a token over 8 kB before it looks into it', async () => {
    expect(await refusalOf('x'.repeat(8_001))).toBe('longer than 8 kB');
    expect(await refusalOf(tokenWith({ claims: { x: 'x'.repeat(8_000) } }))).toBe('longer than 8 kB');
    expect(await refusalOf('x'.repeat(1_000_000))).toBe('longer than 8 kB');
  });

  it('accepts a long one within that', async () => {
    const token = tokenWith({ claims: { x: 'x'.repeat(5_000) } });
    expect(token.length).toBeGreaterThan(6_000);
    expect(await verifier.verify(token)).toBeDefined();
  });
});

describe('T7: whatever is sent', () => {
  it('is refused as an invalid token, never with another error', async () => {
    const part = fc.oneof(
      fc.string(),
      fc.json().map(encoded),
      fc.uint8Array().map((bytes) => encoded(Buffer.from(bytes))),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
        await expect(verifier.verify(parts.join('.'))).rejects.toThrow(InvalidToken);
      }),
      { numRuns: 500 },
    );
  });

  it('is refused when one character of a good token is another', async () => {
    const token = tokenWith();
    await fc.assert(
      fc.asyncProperty(
        fc.nat(token.length - 1),
        fc.string({ minLength: 1, maxLength: 1 }),
        async (at, character) => {
          fc.pre(token[at] !== character);
          const other = `${token.slice(0, at)}${character}${token.slice(at + 1)}`;
          await expect(verifier.verify(other)).rejects.toThrow(InvalidToken);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is refused with any claim replaced by any JSON value that is not the same type', async () => {
    const claim = fc.constantFrom('iss', 'sub', 'exp', 'iat', 'jti', 'client_id', 'scope');
    await fc.assert(
      fc.asyncProperty(claim, fc.jsonValue(), async (name, value) => {
        fc.pre(typeof value !== typeof CLAIMS[name as keyof typeof CLAIMS]);
        await expect(verifier.verify(tokenWith({ claims: { [name]: value } }))).rejects.toThrow(InvalidToken);
      }),
      { numRuns: 300 },
    );
  });
});
