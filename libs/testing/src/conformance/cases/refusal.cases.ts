import type { Answer } from '../answer.js';
import { casesOf } from '../conformance.case.js';
import { INVALID_TOKEN, must, mustPass, mustRefuse, UNAUTHENTICATED } from '../expectations.js';
import { bearer, type Trial } from '../trial.js';

const CHALLENGE = 'T10, RFC 6750 §3';
const PROBLEM = 'wire.md, RFC 9457 §3';
const SILENT = 'T10, wire.md: descriptions never say which check failed';
const REQUEST_ID = 'wire.md: X-Request-Id on every answer';

/** Words that only somebody who saw the inside would use. */
const INTERNAL = /node_modules|\bat .+:\d+|\.[jt]s:\d+|SELECT |jsonwebtoken|\bjose\b|passport|stack/i;

const refusalsOf = async (trial: Trial): Promise<Answer[]> =>
  Promise.all(
    [
      trial.token({ exp: 1 }),
      trial.token({ aud: ['elsewhere'] }),
      trial.token({}, { typ: 'JWT' }),
      trial.forge.signedByStranger({}, trial.claims()),
      'garbage',
    ].map((token) => trial.with(token)),
  );

/** What a refusal says, and what it does not. */
export const REFUSAL_CASES = casesOf(
  'refusals',
  [],
  [
    [
      'asks who carries nothing for a bearer, and finds no error',
      CHALLENGE,
      async (trial) => {
        const answer = await trial.get();
        mustRefuse(answer, UNAUTHENTICATED);
        must(answer.challenge?.['scope'] === undefined, 'names a scope before anybody has said who they are');
      },
      'credential',
    ],
    [
      'names its realm',
      CHALLENGE,
      async (trial) => must(Boolean((await trial.get()).challenge?.['realm']), 'the challenge has no realm'),
      'credential',
    ],
    [
      'names its realm to who brings a bad token, too',
      CHALLENGE,
      async (trial) =>
        must(Boolean((await trial.with('garbage')).challenge?.['realm']), 'the challenge has no realm'),
    ],
    ['names its metadata, which name the issuer', 'RFC 9728 §2, §5.1', namesItsMetadata],
    [
      'calls a bad token just that',
      CHALLENGE,
      async (trial) => mustRefuse(await trial.with('a.b.c'), INVALID_TOKEN),
    ],
    [
      'answers in problem+json',
      PROBLEM,
      async (trial) => {
        for (const answer of await refusalsOf(trial)) mustBeProblem(answer);
      },
    ],
    [
      'answers in problem+json to who carries nothing, or too little',
      PROBLEM,
      async (trial) => {
        mustBeProblem(await trial.get());
        mustBeProblem(await trial.with(trial.token({ scope: '' })));
      },
      'credential',
      'scope',
    ],
    [
      'never tells which check failed',
      SILENT,
      async (trial) => {
        const told = (await refusalsOf(trial)).map(({ headers, problem }) =>
          JSON.stringify([headers['www-authenticate'], { ...problem, request_id: '' }]),
        );
        must(new Set(told).size === 1, `says ${new Set(told).size} different things of bad tokens`);
      },
    ],
    [
      'tells nothing of its inside',
      'wire.md: nothing internal is in an answer',
      async (trial) => {
        for (const { text } of await refusalsOf(trial))
          must(!INTERNAL.test(text), `says: ${text.slice(0, 120)}`);
      },
    ],
    [
      'takes the scheme in any letters',
      'RFC 9110 §11.1',
      async (trial) => mustPass(await trial.get([['Authorization', `bEARER ${trial.token()}`]]), trial.read),
    ],
    [
      'refuses another scheme',
      'RFC 9110 §11.6.2',
      async (trial) =>
        mustRefuse(await trial.get([['Authorization', 'Basic dTpw']]), {
          status: 401,
          code: 'unauthenticated',
        }),
    ],
    [
      'refuses the token under another scheme',
      'RFC 6750 §2.1',
      async (trial) =>
        mustRefuse(await trial.get([['Authorization', `Token ${trial.token()}`]]), {
          status: 401,
          code: 'unauthenticated',
        }),
    ],
    [
      'gives a refusal the request id it was given',
      REQUEST_ID,
      async (trial) => {
        const { headers, problem } = await trial.get([
          ...bearer('garbage'),
          ['X-Request-Id', 'conformance.1'],
        ]);
        must(
          headers['x-request-id'] === 'conformance.1',
          `X-Request-Id is ${String(headers['x-request-id'])}`,
        );
        must(problem['request_id'] === 'conformance.1', `request_id is ${String(problem['request_id'])}`);
      },
    ],
    [
      'gives a refusal a new request id in place of one that is unfit',
      REQUEST_ID,
      async (trial) => {
        const { headers } = await trial.get([...bearer('garbage'), ['X-Request-Id', 'a b<script>']]);
        must(
          /^[\w.-]{1,128}$/.test(String(headers['x-request-id'])),
          `X-Request-Id is ${String(headers['x-request-id'])}`,
        );
      },
    ],
  ],
);

async function namesItsMetadata(trial: Trial): Promise<void> {
  const address = (await trial.with('garbage')).challenge?.['resource_metadata'];
  must(address !== undefined && URL.canParse(address), `the challenge names ${address} for metadata`);
  const { status, problem: document } = await trial.document(address);
  must(status === 200, `its metadata answer ${status}`);
  const servers = document['authorization_servers'];
  must(
    Array.isArray(servers) && servers.includes(trial.issuer.issuer),
    'its metadata do not name the issuer',
  );
  must(typeof document['resource'] === 'string', 'its metadata do not name the resource');
}

function mustBeProblem({ status, headers, problem }: Answer): void {
  const type = headers['content-type'] ?? '';
  must(type.startsWith('application/problem+json'), `a refusal is ${type}`);
  must(problem['status'] === status, `the problem's status is ${String(problem['status'])}`);
  for (const member of ['type', 'title', 'detail', 'code', 'request_id']) {
    must(typeof problem[member] === 'string', `the problem has no ${member}`);
  }
}
