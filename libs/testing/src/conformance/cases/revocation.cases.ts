import { randomUUID } from 'node:crypto';
import type { RevocationKind } from '@gatehouse/contracts';
import { casesOf } from '../conformance.case.js';
import { INVALID_TOKEN, must, mustPass, mustRefuse } from '../expectations.js';
import type { TestClaims } from '../../test.token.js';
import { bearer, type Trial } from '../trial.js';

const FEED = 'wire.md: the revocation feed';
const ENDS = 'A3, wire.md: what ends what';
/** A session that had ended before the service was started. */
export const ENDED_BEFORE = 'ses_ended_before_the_start';

interface Ending {
  readonly kind: RevocationKind;
  readonly id: string;
  readonly before?: number;
}

/** Claims that something ends which a feed can name, and what that is. */
const ENDINGS: readonly [what: string, make: (trial: Trial) => [TestClaims, Ending]][] = [
  ['a token by its id', () => of('jti', 'token', randomUUID())],
  ['a session', () => of('sid', 'session', `ses_${randomUUID()}`)],
  ['a client', () => of('client_id', 'client', `client-${randomUUID()}`)],
  ['a subject', () => of('sub', 'subject', `usr_${randomUUID()}`)],
];

function of(
  claim: 'jti' | 'sid' | 'client_id' | 'sub',
  kind: RevocationKind,
  id: string,
): [TestClaims, Ending] {
  return [{ [claim]: id }, { kind, id }];
}

const mustEnd = (trial: Trial, token: string): Promise<void> =>
  trial.soon(
    () => trial.with(token),
    (answer) => mustRefuse(answer, INVALID_TOKEN),
  );

/** What has ended is refused by everybody who follows the feed, whenever they began. */
export const REVOCATION_CASES = [
  ...casesOf(
    'revocation',
    [],
    [
      ...ENDINGS.map(
        ([what, make]) =>
          [
            `refuses what was ended by ${what}`,
            ENDS,
            async (trial: Trial) => {
              const [claims, ending] = make(trial);
              const token = trial.token(claims);
              for (let use = 0; use < 3; use += 1) mustPass(await trial.with(token), trial.read);
              await trial.issuer.revoke(timed(ending, trial.now));
              await mustEnd(trial, token);
              mustPass(await trial.with(trial.token()), trial.read);
            },
          ] as const,
      ),
      [
        'refuses what a subject was given before a time, and only that',
        FEED,
        async (trial) => {
          const sub = `usr_${randomUUID()}`;
          const [earlier, later] = [trial.now - 800, trial.now - 200].map((iat) => trial.token({ sub, iat }));
          await trial.issuer.revoke({ kind: 'subject', id: sub, before: trial.now - 500 });
          await mustEnd(trial, earlier!);
          mustPass(await trial.with(later!), trial.read);
        },
      ],
      [
        'refuses HEAD with a token that was ended',
        ENDS,
        async (trial) => {
          const token = trial.token({ jti: randomUUID() });
          mustPass(await trial.with(token, 'HEAD'), trial.read);
          await trial.issuer.revoke({ kind: 'token', id: idOf(token) });
          await mustEnd(trial, token);
          mustRefuse(await trial.with(token, 'HEAD'), INVALID_TOKEN, false);
        },
      ],
      [
        'refuses a token that was ended for that, whatever scope it lacks',
        'wire.md: order',
        async (trial) => {
          const sid = `ses_${randomUUID()}`;
          await trial.issuer.revoke({ kind: 'session', id: sid });
          await mustEnd(trial, trial.token({ sid, scope: '' }));
        },
      ],
      [
        'goes by the kind of what was ended',
        FEED,
        async (trial) => {
          const id = randomUUID();
          const after = `ses_${randomUUID()}`;
          await trial.issuer.revoke({ kind: 'session', id });
          await trial.issuer.revoke({ kind: 'session', id: after });
          await mustEnd(trial, trial.token({ sid: after }));
          mustPass(await trial.with(trial.token({ jti: id })), trial.read);
        },
      ],
    ],
  ),
  ...casesOf(
    'revocation',
    ['cookie'],
    [
      [
        'refuses the cookie of a session that was ended',
        ENDS,
        async (trial) => {
          const sid = `ses_${randomUUID()}`;
          const { cookie } = trial.session({ sid });
          mustPass(await trial.get([cookie]), trial.read);
          await trial.issuer.revoke({ kind: 'session', id: sid });
          await trial.soon(
            () => trial.get([cookie]),
            (answer) => mustRefuse(answer, INVALID_TOKEN),
          );
        },
      ],
    ],
  ),
  ...casesOf(
    'revocation',
    ['api-key'],
    [
      [
        'refuses an API key that was ended',
        ENDS,
        async (trial) => {
          const key = await trial.issuer.apiKeyFor({ sub: trial.users[0], scope: trial.scope });
          mustPass(await trial.get([['ApiKey', key]]), trial.read);
          await trial.issuer.endApiKey(key);
          await trial.soon(
            () => trial.get([['ApiKey', key]]),
            (answer) => mustRefuse(answer, INVALID_TOKEN),
          );
        },
      ],
    ],
  ),
  ...casesOf(
    'revocation',
    ['remote-issuer'],
    [
      [
        'refuses what had ended before it was started',
        FEED,
        async (trial) => mustRefuse(await trial.with(trial.token({ sid: ENDED_BEFORE })), INVALID_TOKEN),
      ],
      [
        'refuses what a retired key has signed',
        'F8, wire.md: what ends what',
        async (trial) => {
          const token = trial.token();
          mustPass(await trial.with(token), trial.read);
          const { kid } = trial.issuer;
          trial.identity.rotateKeys();
          trial.identity.revoke({ kind: 'key', id: kid });
          await mustEnd(trial, token);
          await trial.soon(
            () => trial.with(trial.token()),
            (answer) => mustPass(answer, trial.read),
            30_000,
          );
        },
      ],
      [
        'misses nothing that ended while its connection was cut',
        'F26',
        async (trial) => {
          const sid = `ses_${randomUUID()}`;
          const token = trial.token({ sid });
          mustPass(await trial.with(token), trial.read);
          trial.identity.feed.hold();
          trial.identity.revoke({ kind: 'session', id: sid });
          trial.identity.feed.release();
          await mustEnd(trial, token);
        },
      ],
      [
        'takes a snapshot when the feed knows its position no more',
        'F26',
        async (trial) => {
          const sid = `ses_${randomUUID()}`;
          const token = trial.token({ sid });
          mustPass(await trial.with(token), trial.read);
          trial.identity.feed.startOver();
          trial.identity.revoke({ kind: 'session', id: sid });
          trial.identity.feed.cut();
          await mustEnd(trial, token);
        },
      ],
      [
        'asks nobody about each request',
        'wire.md: it verifies offline',
        async (trial) => {
          const { identity } = trial;
          const before = identity.requests;
          for (let use = 0; use < 20; use += 1) mustPass(await trial.get(bearer(trial.token())), trial.read);
          must(
            identity.requests - before <= 2,
            `called the issuer ${identity.requests - before} times for 20 requests`,
          );
        },
      ],
    ],
  ),
];

/** Subjects and clients end up to a time. */
function timed(ending: Ending, now: number): Ending {
  return ending.kind === 'subject' || ending.kind === 'client' ? { ...ending, before: now } : ending;
}

function idOf(token: string): string {
  const { jti } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { jti: string };
  return jti;
}
