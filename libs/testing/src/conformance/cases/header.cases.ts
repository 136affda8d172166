import { casesOf } from '../conformance.case.js';
import { INVALID_TOKEN, must, mustPass, mustRefuse } from '../expectations.js';
import type { Trial } from '../trial.js';
import { refusing, type RefusedToken } from './refused.tokens.js';

const FOLLOWED = 'T2, RFC 8725 §3.10';
const KIND = 'T5, RFC 9068 §4, RFC 8725 §3.11';
const CRITICAL = 'T3, RFC 7515 §4.1.11';
const KEY_ID = 'T8, RFC 8725 §3.10';

const withHeader = (header: object) => (trial: Trial) => trial.token({}, header);

/** A key in the header, or its address: whoever follows it lets everybody in. */
function ofItsOwnKey(trial: Trial, header: (address: string, jwk: object) => object): string {
  const { stranger } = trial.forge;
  const jwk = { ...stranger.publicKey.export({ format: 'jwk' }), kid: stranger.kid, use: 'sig' };
  return trial.forge.signedByStranger(header(`${trial.decoy.url}/keys`, jwk), trial.claims());
}

const OWN_KEYS: readonly RefusedToken[] = [
  ['a key embedded as jwk', FOLLOWED, (t) => ofItsOwnKey(t, (_, jwk) => ({ jwk, kid: undefined }))],
  ['a key embedded as jwk beside a good kid', FOLLOWED, (t) => ofItsOwnKey(t, (_, jwk) => ({ jwk }))],
  [
    'a key embedded as x5c',
    FOLLOWED,
    (t) =>
      ofItsOwnKey(t, () => ({
        x5c: [t.forge.stranger.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')],
      })),
  ],
];

/** Headers that name an address; `withKid`: the kid of the issuer, or one that the address would serve. */
const ADDRESSES = [
  ['a key whose address is in jku', 'jku', false],
  ['a key whose address is in jku, by the issuer’s kid', 'jku', true],
  ['a key whose address is in x5u', 'x5u', false],
  ['a key whose address is in x5u, by the issuer’s kid', 'x5u', true],
] as const;

/** No header chooses the key that it is verified with, or what kind of token this is. */
export const HEADER_CASES = [
  ...casesOf(
    'header',
    [],
    ADDRESSES.map(([what, member, withKid]) => [
      `refuses ${what}, and does not go there`,
      FOLLOWED,
      async (trial) => {
        const before = trial.decoy.requests.length;
        const { kid } = withKid ? trial.issuer : trial.forge.stranger;
        const token = ofItsOwnKey(trial, (address) => ({ [member]: address, kid }));
        mustRefuse(await trial.with(token), INVALID_TOKEN);
        must(trial.decoy.requests.length === before, `fetched the address in ${member}`);
      },
    ]),
  ),
  ...refusing('header', [
    ...OWN_KEYS,
    ['a critical extension that nobody knows', CRITICAL, withHeader({ crit: ['x-else'], 'x-else': 1 })],
    ['a critical extension that is not there', CRITICAL, withHeader({ crit: ['exp'] })],
    ['an empty list of critical extensions', CRITICAL, withHeader({ crit: [] })],
    [
      'an unencoded payload, said to be critical',
      'T3, RFC 7797 §6',
      withHeader({ crit: ['b64'], b64: false }),
    ],
    [
      'an unencoded payload',
      'T3, RFC 7797 §7',
      (t) => {
        const header = Buffer.from(JSON.stringify(t.forge.header({ b64: false }))).toString('base64url');
        return t.forge.signedAsSent(header, JSON.stringify(t.claims()).replaceAll('.', '_'));
      },
    ],
    ['typ JWT', KIND, withHeader({ typ: 'JWT' })],
    ['no typ', KIND, withHeader({ typ: undefined })],
    ['typ null', KIND, withHeader({ typ: null })],
    ['a typ that is a list', KIND, withHeader({ typ: ['at+jwt'] })],
    ['the typ of a refresh token', KIND, withHeader({ typ: 'rt+jwt' })],
    ['the typ of an assertion', KIND, withHeader({ typ: 'oauth-id-jag+jwt' })],
    ['the typ of a logout token', KIND, withHeader({ typ: 'logout+jwt' })],
    ['a typ that only begins right', KIND, withHeader({ typ: 'at+jwt;x' })],
    ['no kid', KEY_ID, withHeader({ kid: undefined })],
    ['an empty kid', KEY_ID, withHeader({ kid: '' })],
    ['a kid that is a number', KEY_ID, withHeader({ kid: 1 })],
    ['a kid that is a path', KEY_ID, (t) => t.forge.hmac('', t.claims(), { kid: '../../../../dev/null' })],
    ['a kid that is SQL', KEY_ID, (t) => t.forge.hmac('x', t.claims(), { kid: "' UNION SELECT 'x" })],
    ['a kid that every object has', KEY_ID, withHeader({ kid: 'constructor' })],
  ]),
  ...casesOf(
    'header',
    [],
    [
      [
        'accepts the media type of access tokens in full',
        'RFC 9068 §4',
        async (trial) =>
          mustPass(await trial.with(trial.token({}, { typ: 'application/at+jwt' })), trial.read),
      ],
    ],
  ),
];
