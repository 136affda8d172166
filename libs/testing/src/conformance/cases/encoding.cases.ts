import type { Trial } from '../trial.js';
import { encoded } from '../token.forge.js';
import { refusing } from './refused.tokens.js';

const CANONICAL = 'T4, RFC 7515 §2';
const SHAPE = 'T3, RFC 7515 §7.1';
const STRICT = 'T7, RFC 8725 §2.6';
const DUPLICATES = 'T7, RFC 7519 §4';
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

type Triple = [header: string, payload: string, signature: string];
const rewritten = (change: (parts: Triple) => string) => (trial: Trial) =>
  change(trial.token().split('.') as Triple);

/** Rightly signed as it was sent, in parts that are spelt another way: only a lax decoder reads them. */
const respelt = (header: (part: string) => string, payload: (part: string) => string) => (trial: Trial) =>
  trial.forge.signedAsSent(header(encoded(trial.forge.header())), payload(encoded(unevenClaims(trial))));
const asIs = (part: string) => part;

const payload = (make: (text: string, trial: Trial) => string | Buffer) => (trial: Trial) =>
  trial.forge.signed(trial.forge.header(), make(JSON.stringify(trial.claims()), trial));
const header = (make: (text: string) => string | Buffer) => (trial: Trial) =>
  trial.forge.signed(make(JSON.stringify(trial.forge.header())), trial.claims());
const before = (member: string) => (text: string) => `{${member},${text.slice(1)}`;

/** One spelling of a token, one meaning of its JSON, and a bound to its size. */
export const ENCODING_CASES = refusing('encoding', [
  ['padding behind the signature', CANONICAL, rewritten(([h, p, s]) => `${h}.${p}.${s}==`)],
  ['padding behind the payload', CANONICAL, respelt(asIs, (p) => `${p}=`)],
  [
    'the alphabet of plain base64',
    CANONICAL,
    (t) => {
      // A text whose base64 has both of the letters in which the alphabets differ.
      const text = JSON.stringify({ ...t.claims(), note: '>>>???~~~ÿÿÿ>>?' });
      const plain = Buffer.from(text).toString('base64').replaceAll('=', '');
      return t.forge.signedAsSent(encoded(t.forge.header()), plain);
    },
  ],
  [
    'stray bits at the end of the signature',
    CANONICAL,
    rewritten(([h, p, s]) => `${h}.${p}.${withStrayBit(s)}`),
  ],
  ['stray bits at the end of the payload', CANONICAL, respelt(asIs, withStrayBit)],
  ['a stray letter in the header', CANONICAL, respelt((h) => `${h.slice(0, 4)}!${h.slice(4)}`, asIs)],
  ['a blank within the token', CANONICAL, respelt(asIs, (p) => `${p.slice(0, 8)} ${p.slice(8)}`)],
  ['two parts', SHAPE, rewritten(([h, p]) => `${h}.${p}`)],
  ['four parts', SHAPE, rewritten(([h, p, s]) => `${h}.${p}.${s}.${s}`)],
  [
    'five parts, as an encrypted token has',
    'T3, RFC 7516 §3.1',
    rewritten(([h, p, s]) => `${h}.${p}.${s}.${p}.${s}`),
  ],
  [
    'the JSON serialisation',
    'T3, RFC 7515 §7.2',
    rewritten(([h, p, s]) => JSON.stringify({ protected: h, payload: p, signature: s })),
  ],
  ['three empty parts', SHAPE, () => '..'],
  ['garbage', SHAPE, () => 'garbage'],
  ['three parts of garbage', SHAPE, () => 'a.b.c'],
  ['no token behind the scheme', 'RFC 6750 §2.1', () => ''],
  ['a claim given twice', DUPLICATES, payload(before('"sub":"usr_admin"'))],
  ['a claim given twice, spelt differently', DUPLICATES, payload(before('"\\u0073ub":"usr_admin"'))],
  ['a claim given twice further in', DUPLICATES, payload(before('"act":{"sub":"a","sub":"b"}'))],
  ['a header member given twice', 'T7, RFC 7515 §4', header(before('"alg":"none"'))],
  [
    'bytes in the payload that are no UTF-8',
    STRICT,
    payload((text) =>
      Buffer.concat([Buffer.from('{"note":"'), Buffer.of(0xff, 0xfe), Buffer.from(`",${text.slice(1)}`)]),
    ),
  ],
  [
    'bytes in the header that are no UTF-8',
    STRICT,
    header((text) =>
      Buffer.concat([Buffer.from('{"note":"'), Buffer.of(0xc3, 0x28), Buffer.from(`",${text.slice(1)}`)]),
    ),
  ],
  ['a payload nested 1,000 deep', STRICT, payload(before(`"deep":${'['.repeat(1_000)}${']'.repeat(1_000)}`))],
  ['a payload nested 5,000 deep', STRICT, payload(before(`"deep":${'['.repeat(5_000)}${']'.repeat(5_000)}`))],
  ['a payload that is a list', STRICT, payload((text) => `[${text}]`)],
  ['a payload that is a text', STRICT, payload((text) => JSON.stringify(text))],
  ['a payload that is null', STRICT, payload(() => 'null')],
  ['a payload that is broken JSON', STRICT, payload((text) => text.slice(0, -1))],
  ['a payload with more behind it', STRICT, payload((text) => `${text}{}`)],
  ['an empty payload', STRICT, payload(() => '')],
  ['a header that is a list', STRICT, header((text) => `[${text}]`)],
  ['a token of over 8 kB, rightly signed', 'T9', payload(before(`"note":"${'x'.repeat(7_000)}"`))],
]);

/** Claims whose base64url has bits to spare at its end: it is not a multiple of three bytes long. */
function unevenClaims(trial: Trial): string {
  const text = JSON.stringify(trial.claims({ note: '' }));
  return Buffer.byteLength(text) % 3 === 0 ? text.replace('"note":"', '"note":"x') : text;
}

/** The same bytes by another last letter. */
function withStrayBit(text: string): string {
  const last = ALPHABET.indexOf(text.at(-1)!);
  return text.slice(0, -1) + ALPHABET[last + 1];
}
