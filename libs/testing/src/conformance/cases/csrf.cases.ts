import { casesOf, type ConformanceCase } from '../conformance.case.js';
import { CSRF_FAILED, mustPass, mustRefuse } from '../expectations.js';
import type { HeaderPair } from '../answer.js';
import { bearer, type Trial } from '../trial.js';

const CSRF = 'A7, wire.md: browser sessions';

/** What goes along with a session's cookie: headers, and fields of a form. */
interface Sent {
  readonly headers?: readonly HeaderPair[];
  readonly form?: readonly (readonly [string, string])[];
}
type Sending = (csrf: string, trial: Trial) => Sent;

const asked = (trial: Trial, sending: Sending, session = trial.session()) =>
  trial.unsafe.map(async (route) => {
    const { headers = [], form } = sending(session.csrf, trial);
    return { route, answer: await trial.askUnsafe(route, [session.cookie, ...headers], form) };
  });
const refuses =
  (sending: Sending): ConformanceCase['check'] =>
  async (trial) => {
    for (const { answer } of await Promise.all(asked(trial, sending))) mustRefuse(answer, CSRF_FAILED);
  };
const passes =
  (sending: Sending): ConformanceCase['check'] =>
  async (trial) => {
    for (const { route, answer } of await Promise.all(asked(trial, sending))) mustPass(answer, route);
  };
const header =
  (value: (csrf: string, trial: Trial) => string): Sending =>
  (csrf, trial) => ({
    headers: [['X-CSRF-Token', value(csrf, trial)]],
  });

/** What another site can have a browser send is not enough, at any unsafe method. */
export const CSRF_CASES = casesOf(
  'CSRF',
  ['cookie', 'unsafe-methods'],
  [
    ['takes the value in X-CSRF-Token', CSRF, passes(header((csrf) => csrf))],
    ['takes the value in X-XSRF-TOKEN', CSRF, passes((csrf) => ({ headers: [['X-XSRF-TOKEN', csrf]] }))],
    [
      'takes the value in the form field authenticity_token',
      CSRF,
      passes((csrf) => ({ form: [['authenticity_token', csrf]] })),
    ],
    ['refuses an unsafe method without the value', CSRF, refuses(() => ({}))],
    ['refuses an empty value', CSRF, refuses(header(() => ''))],
    ['refuses another value', CSRF, refuses(header(() => 'another'))],
    ['refuses the value of another session', CSRF, refuses(header((_, trial) => trial.session().csrf))],
    ['refuses the beginning of the value', CSRF, refuses(header((csrf) => csrf.slice(0, -1)))],
    [
      'refuses the value twice in one header',
      CSRF,
      refuses((csrf) => ({
        headers: [
          ['X-CSRF-Token', csrf],
          ['X-CSRF-Token', csrf],
        ],
      })),
    ],
    [
      'refuses the value in two headers',
      CSRF,
      refuses((csrf) => ({
        headers: [
          ['X-CSRF-Token', csrf],
          ['X-XSRF-TOKEN', csrf],
        ],
      })),
    ],
    [
      'refuses the value in header and form',
      CSRF,
      refuses((csrf) => ({ headers: [['X-CSRF-Token', csrf]], form: [['authenticity_token', csrf]] })),
    ],
    [
      'refuses a value that only the cookie beside it has',
      CSRF,
      async (trial) => {
        const {
          cookie: [name, value],
        } = trial.session();
        for (const route of trial.unsafe) {
          const planted = [
            [name, `${value}; XSRF-TOKEN=planted`],
            ['X-XSRF-TOKEN', 'planted'],
          ] as const;
          mustRefuse(await trial.askUnsafe(route, planted), CSRF_FAILED);
        }
      },
    ],
    [
      'refuses an unsafe method by a cookie whose token claims no value',
      CSRF,
      async (trial) => {
        for (const value of ['', 'undefined', 'null', 'x']) {
          const headers = [trial.cookie(trial.token()), ['X-CSRF-Token', value]] as const;
          for (const route of trial.unsafe) mustRefuse(await trial.askUnsafe(route, headers), CSRF_FAILED);
        }
      },
    ],
    [
      'does not ask for it where a bearer says who is calling',
      CSRF,
      async (trial) => {
        for (const route of trial.unsafe) {
          const headers = [...bearer(trial.token()), trial.session().cookie];
          mustPass(await trial.askUnsafe(route, headers), route);
        }
      },
    ],
  ],
);
