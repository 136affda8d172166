import { casesOf } from '../conformance.case.js';
import { INVALID_TOKEN, must, mustPass, mustRefuse } from '../expectations.js';
import type { Trial } from '../trial.js';
import { WEAK_KEYS } from '../weak.keys.js';

const CHOICE = 'T12, RFC 7517 §4.2, RFC 7518 §3';
const ROTATION = 'F8, RFC 7517 §5';

/** Which of the published keys count, and when they are fetched. */
export const KEY_CASES = casesOf(
  'keys',
  ['remote-issuer'],
  [
    ...WEAK_KEYS.map(
      (key) =>
        [
          `refuses a token signed by ${key.what}, which is published`,
          CHOICE,
          async (trial: Trial) => mustRefuse(await trial.with(key.token(trial.claims())), INVALID_TOKEN),
        ] as const,
    ),
    [
      'fetches the keys once for a flood of unknown kids',
      'T8',
      async (trial) => {
        const before = trial.identity.keyRequests;
        const flood = Array.from({ length: 40 }, (_, i) => trial.token({}, { kid: `unknown-${i}` }));
        await Promise.all(flood.map(async (token) => mustRefuse(await trial.with(token), INVALID_TOKEN)));
        const fetches = trial.identity.keyRequests - before;
        must(fetches <= 2, `fetched the keys ${fetches} times`);
      },
    ],
    [
      'finds a new key, after such a flood as well',
      ROTATION,
      async (trial) => {
        const before = trial.token();
        trial.identity.rotateKeys({ announced: false });
        const token = trial.token();
        await trial.soon(
          () => trial.with(token),
          (answer) => mustPass(answer, trial.read),
          30_000,
        );
        mustPass(await trial.with(before), trial.read);
      },
    ],
  ],
);
