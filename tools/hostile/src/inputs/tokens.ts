import { createHmac } from 'node:crypto';
import {
  base64url,
  decoded,
  derOf,
  encoded,
  flipped,
  type Json,
  signed,
  signedText,
  STRANGERS_JWK,
  without,
} from './token.parts.ts';

/** A good token taken apart, for others to be made of. */
interface Specimen {
  readonly token: string;
  readonly header: Json;
  readonly claims: Json;
  readonly parts: readonly [string, string, string];
}

/**
 * Texts that nobody may take for an access token, made of one that is good (RFC 8725, RFC 9068). More than 300.
 *
 * @param jwks the issuer's public keys, which some attacks sign with
 * @param others tokens of other kinds: refresh tokens, API keys, one that was revoked
 */
export function tokenAttacks(token: string, jwks: { keys: Json[] }, others: readonly string[]): string[] {
  const parts = token.split('.') as [string, string, string];
  const [header, claims] = [decoded(parts[0]), decoded(parts[1])];
  const specimen = { token, header, claims, parts };
  const attacks = [
    ...others,
    ...headerAttacks(specimen),
    ...claimsAttacks(specimen),
    ...confusedKeys(specimen, jwks),
    ...spellings(specimen),
    ...rawJson(specimen),
  ];
  return [...new Set(attacks)].filter((attack) => attack !== token);
}

function headerAttacks({ header, claims, parts }: Specimen): string[] {
  const ALGORITHMS = [
    'none',
    'None',
    'NONE',
    'nOnE',
    '',
    null,
    'HS256',
    'HS384',
    'HS512',
    'RS256',
    'RS384',
    'PS256',
  ];
  const MORE = [
    'ES384',
    'ES512',
    'ES256K',
    'EdDSA',
    'dir',
    'RSA-OAEP',
    'es256',
    'ES256 ',
    ['ES256'],
    {},
    1,
    true,
  ];
  const KIDS = [
    '',
    ' ',
    '../../dev/null',
    '/dev/null',
    "' UNION SELECT 1 --",
    '__proto__',
    'constructor',
    '\u0000',
  ];
  const KINDS = [
    1,
    null,
    {},
    [],
    ['x'],
    'x'.repeat(2_000),
    'http://127.0.0.1:9/key',
    String(header['kid']).toUpperCase(),
  ];
  const TYPES = [
    'JWT',
    'jwt',
    '',
    null,
    'id+jwt',
    'at+jws',
    'dpop+jwt',
    'logout+jwt',
    'application/at',
    ['at+jwt'],
    1,
  ];
  const URLS = ['http://127.0.0.1:9/jwks.json', 'https://127.0.0.1:9/x', 'file:///etc/passwd', 'data:,{}'];
  const CRITS = [['exp'], ['b64'], [], 'exp', null, [1], ['http://example.com/ext']];
  const headers: Json[] = [
    ...[...ALGORITHMS, ...MORE].map((alg) => ({ ...header, alg })),
    ...[...KIDS, ...KINDS].map((kid) => ({ ...header, kid })),
    ...TYPES.map((typ) => ({ ...header, typ })),
    ...CRITS.map((crit) => ({ ...header, crit })),
    ...['jku', 'x5u'].flatMap((name) => URLS.map((url) => ({ ...header, [name]: url }))),
    { ...header, jwk: STRANGERS_JWK },
    { ...header, x5c: ['MIIB'] },
    { ...header, b64: false },
    { ...header, b64: false, crit: ['b64'] },
    { ...header, zip: 'DEF' },
    { ...header, enc: 'A128GCM' },
    ...Object.keys(header).map((name) => without(header, name)),
  ];
  return headers.flatMap((each) => [
    `${encoded(each)}.${parts[1]}.${parts[2]}`,
    signed(each, claims),
    `${encoded(each)}.${parts[1]}.`,
  ]);
}

function claimsAttacks({ header, claims, parts }: Specimen): string[] {
  const WRONG = [null, '', 0, -1, 1e308, true, [], {}, 'x', ['x', 1], '4000000000'];
  const names = [...Object.keys(claims), 'nbf', 'act', 'roles', 'csrf_token'];
  const changed: Json[] = [
    ...names.flatMap((name) => WRONG.map((value) => ({ ...claims, [name]: value }))),
    ...Object.keys(claims).map((name) => without(claims, name)),
    { ...claims, exp: 4_000_000_000 },
    { ...claims, roles: ['admin'], scope: 'admin account articles:read articles:write' },
    { ...claims, aud: ['another'] },
    { ...claims, iss: `${String(claims['iss'])}/` },
    { ...claims, iat: 4_000_000_000, exp: 4_000_003_600 },
  ];
  return changed.map((each, i) =>
    i % 2 === 0 ? `${parts[0]}.${encoded(each)}.${parts[2]}` : signed(header, each),
  );
}

/** The public key taken for a secret, in each form somebody may have it in (RFC 8725 §2.1). */
function confusedKeys({ header, parts }: Specimen, { keys }: { keys: Json[] }): string[] {
  const secrets = [
    '',
    'secret',
    'changeme',
    ...keys.flatMap((key) => [JSON.stringify(key), String(key['x'])]),
  ];
  return ['HS256', 'HS384', 'HS512'].flatMap((alg) =>
    secrets.map((secret) => {
      const input = `${encoded({ ...header, alg })}.${parts[1]}`;
      return `${input}.${createHmac(`sha${alg.slice(2)}`, secret)
        .update(input)
        .digest('base64url')}`;
    }),
  );
}

/** Other spellings of the same bytes, fewer of them, more of them. */
function spellings({ token, parts: [header, payload, signature], claims }: Specimen): string[] {
  const raw = Buffer.from(signature, 'base64url');
  const zeros = Buffer.alloc(64);
  const signatures = [
    ...[1, 2, 10, 43, signature.length].map((less) => signature.slice(0, -less)),
    `${signature}A`,
    `${signature}==`,
    zeros.toString('base64url'),
    Buffer.alloc(64, 0xff).toString('base64url'),
    Buffer.concat([raw, raw]).toString('base64url'),
    Buffer.concat([raw.subarray(32), raw.subarray(0, 32)]).toString('base64url'),
    Buffer.concat([raw.subarray(0, 32), zeros.subarray(32)]).toString('base64url'),
    derOf(raw).toString('base64url'),
    raw.toString('hex'),
    ...Array.from({ length: 40 }, (_, i) => flipped(raw, i % 64, 1 << (i % 8)).toString('base64url')),
  ];
  return [
    ...signatures.map((each) => `${header}.${payload}.${each}`),
    ...['=', '==', '.', '..', '%20', '%00', '!', ',', ';', '.x.y', ' x'].flatMap((more) => [
      `${token}${more}`,
      `${header}${more}.${payload}.${signature}`,
      `${header}.${payload}${more}.${signature}`,
    ]),
    token.toUpperCase(),
    token.replaceAll('.', ' '),
    token.replaceAll('.', '%2E'),
    token.split('.').toReversed().join('.'),
    `${header}.${payload}`,
    `${header}..${signature}`,
    `.${payload}.${signature}`,
    '.',
    '..',
    'null',
    'undefined',
    '{}',
    '[]',
    JSON.stringify({ payload, signatures: [{ protected: header, signature }] }),
    JSON.stringify({ protected: header, payload, signature }),
    [header, payload, signature, header, payload].join('.'),
    `${header}.${payload}.${signature}${'A'.repeat(8_100)}`,
    `${encoded({ ...claims, more: 'x'.repeat(6_500) })}.${payload}.${signature}`,
  ];
}

/** Texts that parsers read differently, signed by a stranger. */
function rawJson({ parts, header, claims }: Specimen): string[] {
  const own = JSON.stringify(claims).slice(1, -1);
  const headers = [
    `{"alg":"none",${JSON.stringify(header).slice(1)}`,
    `${JSON.stringify(header).slice(0, -1)},"alg":"none"}`,
    `${JSON.stringify(header).slice(0, -1)},"\\u0061lg":"none"}`,
    ` ${JSON.stringify(header)}`,
    `\ufeff${JSON.stringify(header)}`,
    `[${JSON.stringify(header)}]`,
    '{"a":'.repeat(1_000) + '1' + '}'.repeat(1_000),
    'null',
    '"text"',
    '',
  ];
  const payloads = [
    `{${own},"exp":4000000000}`,
    `{"sub":"somebody",${own}}`,
    `{${own},"__proto__":{"roles":["admin"]}}`,
    `{${own},"exp":4e9}`,
    `{${own},}`,
    `{${own}}x`,
    `[{${own}}]`,
    '{"a":'.repeat(1_000) + '1' + '}'.repeat(1_000),
    'null',
    '1',
  ];
  const bad = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]).toString('base64url');
  return [
    ...headers.map((text) => `${base64url(text)}.${parts[1]}.${parts[2]}`),
    ...payloads.map((text) => signedText(JSON.stringify(header), text)),
    `${bad}.${parts[1]}.${parts[2]}`,
    `${parts[0]}.${bad}.${parts[2]}`,
  ];
}
