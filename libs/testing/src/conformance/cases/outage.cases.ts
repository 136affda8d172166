import { casesOf } from '../conformance.case.js';
import { must, mustPass, mustRefuse, UNAVAILABLE } from '../expectations.js';
import type { Trial } from '../trial.js';

const NOT_READY = 'F6, wire.md: before the first synced';
const AWAY = 'F6, wire.md: keys do not expire by age';
const STALE = 'F26, wire.md: FEED_MAX_STALENESS';

const retryLater: (answer: Parameters<typeof mustRefuse>[0]) => void = (answer) => {
  mustRefuse(answer, UNAVAILABLE);
  must(/^\d+$/.test(answer.headers['retry-after'] ?? ''), 'does not say when to try again');
};

/** What it does before it knows what has ended. These come first. */
export const START_CASES = casesOf(
  'start',
  ['remote-issuer'],
  [
    [
      'lets nobody pass before it knows what has ended',
      NOT_READY,
      async (trial) => retryLater(await trial.with(trial.token())),
    ],
    [
      'answers HEAD no differently then',
      NOT_READY,
      async (trial) => mustRefuse(await trial.with(trial.token(), 'HEAD'), UNAVAILABLE, false),
    ],
  ],
);

/** What it does while its issuer is away. These come last, in this order: the issuer goes, and comes back. */
export const OUTAGE_CASES = casesOf(
  'outage',
  ['remote-issuer'],
  [
    [
      'takes tokens by keys that it knows while the issuer is away',
      AWAY,
      async (trial) => {
        const known = trial.token();
        mustPass(await trial.with(known), trial.read);
        trial.identity.outage();
        mustPass(await trial.with(known), trial.read);
        mustPass(await trial.with(trial.token()), trial.read);
      },
    ],
    [
      'says that it cannot know a key while the issuer is away',
      'T8, wire.md: unknown kid',
      async (trial) => {
        trial.identity.outage();
        const token = trial.token({}, { kid: 'published-since' });
        // Soon enough that it is not for the feed's silence.
        await trial.soon(() => trial.with(token), retryLater, 3_500);
      },
    ],
    [
      'lets nobody pass once it has not heard for too long what has ended',
      STALE,
      async (trial) => {
        trial.identity.outage();
        await trial.soon(() => trial.with(trial.token()), retryLater, 30_000);
      },
    ],
    ['lets nobody pass by what ended while the issuer was away', STALE, refusesWhatEndedMeanwhile],
  ],
);

async function refusesWhatEndedMeanwhile(trial: Trial): Promise<void> {
  const sid = 'ses_ended_in_the_outage';
  const ended = trial.token({ sid });
  trial.identity.outage();
  trial.identity.revoke({ kind: 'session', id: sid });
  trial.identity.recover();
  await trial.soon(
    async () => {
      must((await trial.with(ended)).status !== trial.read.status, 'let pass what had ended');
      return trial.with(trial.token());
    },
    (answer) => mustPass(answer, trial.read),
    30_000,
  );
}
