import { casesOf } from '../conformance.case.js';
import {
  INSUFFICIENT_SCOPE,
  INVALID_REQUEST,
  INVALID_TOKEN,
  must,
  mustRefuse,
  UNAUTHENTICATED,
} from '../expectations.js';
import { bearer, type Trial } from '../trial.js';

const ORDER = 'wire.md: 405, 400, 401, 403 scope, 404';
const JSON_TYPE = ['Content-Type', 'application/json'] as const;
/** A method that HTTP knows and no service here has. */
const ABSENT = 'PROPFIND';

/** Which of several reasons to refuse counts. */
export const ORDER_CASES = [
  ...casesOf(
    'order of refusals',
    ['method-not-allowed'],
    [
      [
        'refuses a method that there is not before it asks who is there',
        ORDER,
        async (trial) => {
          const answer = await trial.ask(trial.read, { method: ABSENT });
          mustRefuse(answer, { status: 405, code: 'method_not_allowed' });
          must(/\bGET\b/.test(answer.headers.allow ?? ''), `Allow is ${answer.headers.allow}`);
        },
      ],
      [
        'refuses such a method whatever is carried',
        ORDER,
        async (trial) => {
          const answer = await trial.ask(trial.read, { method: ABSENT, headers: bearer('garbage') });
          mustRefuse(answer, { status: 405, code: 'method_not_allowed' });
        },
      ],
    ],
  ),
  ...casesOf(
    'order of refusals',
    [],
    [
      [
        'refuses ambiguous credentials before it looks at them',
        ORDER,
        async (trial) => {
          const bad = [...bearer('garbage'), ...bearer('a.b.c')];
          mustRefuse(await trial.get(bad), INVALID_REQUEST);
        },
      ],
      [
        'refuses a bad token before it looks at scopes',
        ORDER,
        async (trial) => mustRefuse(await trial.with(trial.token({ exp: 1, scope: '' })), INVALID_TOKEN),
      ],
    ],
  ),
  ...casesOf(
    'order of refusals',
    ['unsafe-methods'],
    [
      [
        'refuses a body that cannot be read before it asks who is there',
        ORDER,
        async (trial) => {
          for (const route of withBody(trial)) {
            const answer = await trial.ask(route, { headers: [JSON_TYPE], body: '{"title":' });
            must(answer.status === 400, `answered ${answer.status} where 400 was due`);
          }
        },
      ],
      [
        'asks who is there before it looks at what the body says',
        ORDER,
        async (trial) => {
          for (const route of withBody(trial)) {
            mustRefuse(await trial.ask(route, { headers: [JSON_TYPE], body: '{}' }), UNAUTHENTICATED);
          }
        },
      ],
      [
        'asks for the scope before it looks at what the body says',
        ORDER,
        async (trial) => {
          for (const route of withBody(trial)) {
            const headers = [...bearer(trial.token({ scope: '' })), JSON_TYPE];
            mustRefuse(await trial.ask(route, { headers, body: '{}' }), INSUFFICIENT_SCOPE);
          }
        },
      ],
      [
        'asks who is there before it looks for what is asked',
        ORDER,
        async (trial) => {
          for (const route of trial.unsafe) mustRefuse(await trial.askUnsafe(route, []), UNAUTHENTICATED);
        },
      ],
    ],
  ),
];

/** Those that take a body; of a DELETE nobody wants one. */
function withBody(trial: Trial): Trial['unsafe'] {
  return trial.unsafe.filter(({ fields }) => fields !== undefined);
}
