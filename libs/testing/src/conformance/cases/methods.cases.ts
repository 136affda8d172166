import type { Answer } from '../answer.js';
import { casesOf } from '../conformance.case.js';
import {
  INSUFFICIENT_SCOPE,
  INVALID_TOKEN,
  must,
  mustPass,
  mustRefuse,
  UNAUTHENTICATED,
} from '../expectations.js';
import type { Trial } from '../trial.js';

const HEAD = 'wire.md: HEAD behaves as GET; RFC 9110 §9.3.2';

const head = (trial: Trial, token: string): Promise<Answer> => trial.with(token, 'HEAD');

/** What asks for less is guarded no less. */
export const METHOD_CASES = casesOf(
  'methods',
  [],
  [
    [
      'refuses HEAD to who carries nothing',
      HEAD,
      async (trial) => mustRefuse(await trial.ask(trial.read, { method: 'HEAD' }), UNAUTHENTICATED, false),
      'credential',
    ],
    [
      'refuses HEAD with a bad token',
      HEAD,
      async (trial) => mustRefuse(await head(trial, 'a.b.c'), INVALID_TOKEN, false),
    ],
    [
      'refuses HEAD with a token that has expired',
      HEAD,
      async (trial) => mustRefuse(await head(trial, trial.token({ exp: 1 })), INVALID_TOKEN, false),
    ],
    [
      'refuses HEAD without the scope',
      HEAD,
      async (trial) => mustRefuse(await head(trial, trial.token({ scope: '' })), INSUFFICIENT_SCOPE, false),
      'scope',
    ],
    [
      'answers HEAD as GET, without the body',
      HEAD,
      async (trial) => {
        const answer = await head(trial, trial.token());
        mustPass(answer, trial.read);
        must(answer.text === '', 'HEAD came with a body');
      },
    ],
    [
      'does not let a header choose another method',
      'RFC 9110 §9.1',
      async (trial) => {
        const headers = [['X-HTTP-Method-Override', 'OPTIONS']] as const;
        mustRefuse(await trial.get(headers), UNAUTHENTICATED);
      },
      'credential',
    ],
  ],
);
