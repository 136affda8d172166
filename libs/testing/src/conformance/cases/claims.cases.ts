import { casesOf } from '../conformance.case.js';
import { INVALID_TOKEN, must, mustPass, mustRefuse } from '../expectations.js';
import type { Trial } from '../trial.js';
import type { TestClaims } from '../../test.token.js';
import { refusing, type RefusedToken } from './refused.tokens.js';

const TIMES = 'T6, RFC 7519 §4.1.4';
const NOT_BEFORE = 'T6, RFC 7519 §4.1.5';
const ISSUED_AT = 'T6, RFC 7519 §4.1.6';
const ISSUER = 'T6, RFC 9068 §4, RFC 8725 §3.8';
const AUDIENCE = 'T6, RFC 9068 §4, RFC 8725 §3.9';
const REQUIRED = 'T6, RFC 9068 §2.2';

/** The longest difference between clocks that may be tolerated, in seconds, and some to spare. */
const BEYOND_SKEW = 65;

const claiming = (claims: (trial: Trial) => TestClaims) => (trial: Trial) => trial.token(claims(trial));
/** With claims of types that no issuer would give them. */
const odd = (claims: Record<string, unknown>) => claiming(() => claims);
const audience = (aud: (name: string) => unknown) =>
  claiming((t) => ({ aud: aud(t.issuer.audience) }) as TestClaims);
const issuer = (iss: (name: string) => unknown) =>
  claiming((t) => ({ iss: iss(t.issuer.issuer) }) as TestClaims);

const REFUSED: readonly RefusedToken[] = [
  ['a token that has expired', TIMES, claiming((t) => ({ iat: t.now - 900, exp: t.now - 120 }))],
  [
    'a token that expired when clocks may not differ any more',
    TIMES,
    claiming((t) => ({ exp: t.now - BEYOND_SKEW })),
  ],
  ['a token that expired long ago', TIMES, odd({ iat: 1, exp: 2 })],
  ['a token without an end', REQUIRED, odd({ exp: undefined })],
  [
    'an end that is a text',
    REQUIRED,
    claiming((t) => ({ exp: String(t.now + 900) }) as unknown as TestClaims),
  ],
  ['an end that is null', REQUIRED, odd({ exp: null })],
  [
    'an end beyond all numbers',
    REQUIRED,
    (t) =>
      t.forge.signed(
        t.forge.header(),
        JSON.stringify(t.claims({ exp: 7 })).replace('"exp":7', '"exp":1e999'),
      ),
  ],
  ['a token that is not valid yet', NOT_BEFORE, claiming((t) => ({ nbf: t.now + 300 }))],
  ['a beginning that is a text', NOT_BEFORE, odd({ nbf: 'now' })],
  ['a token that was issued in the future', ISSUED_AT, claiming((t) => ({ iat: t.now + 300 }))],
  ['a token that does not say when it was issued', REQUIRED, odd({ iat: undefined })],
  ['a time of issue that is a text', REQUIRED, odd({ iat: 'yesterday' })],
  ['no issuer', REQUIRED, odd({ iss: undefined })],
  ['another issuer', ISSUER, issuer(() => 'https://id.example.net')],
  ['the issuer with a slash behind it', ISSUER, issuer((name) => `${name}/`)],
  ['the issuer with more behind it', ISSUER, issuer((name) => `${name}.example.net`)],
  ['the issuer in other letters', ISSUER, issuer((name) => name.toUpperCase())],
  ['issuers in a list', ISSUER, issuer((name) => [name])],
  ['no audience', REQUIRED, odd({ aud: undefined })],
  ['another audience', AUDIENCE, audience(() => ['elsewhere'])],
  ['an empty list of audiences', AUDIENCE, odd({ aud: [] })],
  ['an audience that only begins right', AUDIENCE, audience((name) => [`${name}2`])],
  ['an audience of which this is the beginning', AUDIENCE, audience((name) => [name.slice(0, -1)])],
  ['an audience in other letters', AUDIENCE, audience((name) => [name.toUpperCase()])],
  ['an audience further in', AUDIENCE, audience((name) => [[name]])],
  ['an audience that is an object', AUDIENCE, audience((name) => ({ [name]: true }))],
  ['no subject', REQUIRED, odd({ sub: undefined })],
  ['an empty subject', REQUIRED, odd({ sub: '' })],
  ['a subject that is a number', REQUIRED, odd({ sub: 1 })],
  ['a token without an id', REQUIRED, odd({ jti: undefined })],
  ['a token that names no client', REQUIRED, odd({ client_id: undefined })],
  [
    'scopes in a list',
    'T6, RFC 8693 §4.2',
    claiming((t) => ({ scope: t.scope.split(' ') }) as unknown as TestClaims),
  ],
  ['roles that are a text', 'T6', odd({ roles: 'admin' })],
  ['a session that is a number', 'T6', odd({ sid: 1 })],
];

/** Who signed it, for whom, for how long. */
export const CLAIMS_CASES = [
  ...refusing('claims', REFUSED),
  ...casesOf(
    'claims',
    [],
    [
      ['accepts a good token', 'RFC 9068 §4', async (t) => mustPass(await t.with(t.token()), t.read)],
      [
        'accepts an audience that is one text',
        'RFC 7519 §4.1.3',
        async (t) =>
          mustPass(await t.with(t.token({ aud: t.issuer.audience as unknown as string[] })), t.read),
      ],
      [
        'accepts an audience that is one of several',
        'RFC 7519 §4.1.3',
        async (t) => mustPass(await t.with(t.token({ aud: ['elsewhere', t.issuer.audience] })), t.read),
      ],
      [
        'refuses a token that it knows as good once that has expired',
        'T6, RFC 9068 §4',
        refusesWhatItRemembers,
      ],
    ],
  ),
];

/** However the service's clock goes and whatever it tolerates: first that is found out. */
async function refusesWhatItRemembers(trial: Trial): Promise<void> {
  const tolerated = await toleratedSkew(trial);
  must(tolerated <= 60, `still takes a token ${tolerated} s after its end`);
  const token = trial.token({ iat: trial.now - 600, exp: trial.now - tolerated + 2 });
  for (let use = 0; use < 3; use += 1) mustPass(await trial.with(token), trial.read);
  await trial.soon(
    () => trial.with(token),
    (answer) => mustRefuse(answer, INVALID_TOKEN),
  );
}

/** For how many seconds after its end a token is taken. */
async function toleratedSkew(trial: Trial): Promise<number> {
  let [taken, refused] = [-2, 66]; // seconds since its end
  while (refused - taken > 1) {
    const middle = Math.floor((taken + refused) / 2);
    const answer = await trial.with(trial.token({ iat: trial.now - 600, exp: trial.now - middle }));
    if (answer.status === 401) refused = middle;
    else taken = middle;
  }
  return taken;
}
