import { casesOf, type ConformanceCase } from '../conformance.case.js';
import { INSUFFICIENT_SCOPE, must, mustPass, mustRefuse } from '../expectations.js';
import type { Trial } from '../trial.js';

const LACKING = 'wire.md, RFC 6750 §3.1';
const TOKENS = 'RFC 6749 §3.3';

const lacking = (scope: (needed: string) => string): ConformanceCase['check'] => {
  return async (trial) =>
    mustRefuse(await trial.with(trial.token({ scope: scope(trial.read.scope) })), INSUFFICIENT_SCOPE);
};

/** What a token may do is what stands in it, word by word. */
export const SCOPE_CASES = casesOf(
  'scope',
  [],
  [
    ['refuses a token without any scope', LACKING, lacking(() => ''), 'scope'],
    ['refuses a token of another scope', LACKING, lacking(() => 'something:else'), 'scope'],
    ['refuses a scope that only begins right', TOKENS, lacking((needed) => `${needed}er`), 'scope'],
    ['refuses a scope that only ends right', TOKENS, lacking((needed) => `un${needed}`), 'scope'],
    ['refuses the beginning of the scope', TOKENS, lacking((needed) => needed.slice(0, -1)), 'scope'],
    ['refuses the scope in other letters', TOKENS, lacking((needed) => needed.toUpperCase()), 'scope'],
    [
      'refuses scopes that are separated by commas',
      TOKENS,
      lacking((needed) => `${needed},something:else`),
      'scope',
    ],
    [
      'accepts the scope among others',
      TOKENS,
      async (trial) =>
        mustPass(await trial.with(trial.token({ scope: `a:b ${trial.read.scope} c:d` })), trial.read),
    ],
    [
      'names the scope that is missing',
      LACKING,
      async (trial) => {
        const { challenge } = await trial.with(trial.token({ scope: '' }));
        must(challenge?.['scope'] === trial.read.scope, `the challenge names "${challenge?.['scope']}"`);
      },
      'scope',
    ],
  ],
).concat(
  casesOf(
    'scope',
    ['unsafe-methods'],
    [
      [
        'refuses an unsafe method to who may do nothing',
        LACKING,
        async (trial: Trial) => {
          for (const route of trial.unsafe) {
            const answer = await trial.askUnsafe(route, [
              ['Authorization', `Bearer ${trial.token({ scope: '' })}`],
            ]);
            mustRefuse(answer, INSUFFICIENT_SCOPE);
          }
        },
      ],
      [
        'accepts an unsafe method by bearer, with its own scope alone',
        LACKING,
        async (trial: Trial) => {
          for (const route of trial.unsafe) {
            const token = trial.token({ scope: route.scope });
            mustPass(await trial.askUnsafe(route, [['Authorization', `Bearer ${token}`]]), route);
          }
        },
      ],
    ],
  ),
);
