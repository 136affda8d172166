import { killAtEveryAwait } from './await.kill.ts';
import { bigBodies } from './big.bodies.ts';
import { clockShift } from './clock.shift.ts';
import { databaseKill } from './database.kill.ts';
import { databasePause } from './database.pause.ts';
import { databaseRefusals } from './database.refusals.ts';
import type { Fault } from './fault.ts';
import { identityKill } from './identity.kill.ts';
import { loginFlood } from './login.flood.ts';
import { loginTenfold } from './login.tenfold.ts';
import { mailServerTrouble } from './mail-server.trouble.ts';
import { poolExhaustion } from './pool.exhaustion.ts';
import { refreshRace } from './refresh.race.ts';
import { rollingRestarts } from './rolling.restarts.ts';
import { slowSockets } from './slow.sockets.ts';
import { specs } from './specs.fault.ts';
import { sqliteLock } from './sqlite.lock.ts';
import { valkeyTrouble } from './valkey.trouble.ts';

/** One row of docs/security.md's table of faults, and what injects it. */
export interface ListedFault {
  readonly row: string;
  /** What is done to the services. */
  readonly injected: string;
  readonly run: Fault;
  /** How often by default, and when it has to be quick. */
  readonly rounds: readonly [full: number, quick: number];
  /** How long it takes on an idle machine, likewise. */
  readonly seconds: readonly [full: number, quick: number];
}

/** Not in the quick set: `npm test` does it as well. */
const BY_TESTS = [1, 0] as const;
/** Not in the quick set either: it takes minutes, or a machine with nothing else to do. */
const BY_HAND = [1, 0] as const;

/** What is done to the services, by name. */
export const FAULTS: Readonly<Record<string, ListedFault>> = {
  'database-kill': {
    row: 'F1',
    injected: 'MariaDB killed at random moments under refreshes',
    run: databaseKill,
    rounds: [100, 4],
    seconds: [130, 11],
  },
  'database-paused': {
    row: 'F2',
    injected: 'MariaDB stands still under 100 at once',
    run: databasePause,
    rounds: [1, 1],
    seconds: [45, 17],
  },
  'pool-exhausted': {
    row: 'F3',
    injected: 'every connection taken by slow statements',
    run: poolExhaustion,
    rounds: [1, 1],
    seconds: [22, 18],
  },
  'database-refuses': {
    row: 'F4',
    injected: 'deadlock, lock wait, too many connections, read-only',
    run: databaseRefusals,
    rounds: [3, 1],
    seconds: [20, 8],
  },
  valkey: {
    row: 'F5',
    injected: 'Valkey killed, paused, emptied',
    run: valkeyTrouble,
    rounds: [1, 1],
    seconds: [15, 6],
  },
  'identity-away': {
    row: 'F6',
    injected: 'identity hangs, is gone, comes late',
    run: specs('e2e/src/faults/identity-away.spec.ts', 'libs/access/src/guard/outage.spec.ts'),
    rounds: BY_TESTS,
    seconds: [20, 20],
  },
  'upstream-trouble': {
    row: 'F7',
    injected: 'identity and articles paused while the consumer calls',
    run: specs('e2e/src/faults/consumer-upstreams.spec.ts'),
    rounds: BY_TESTS,
    seconds: [40, 40],
  },
  'key-rotation': {
    row: 'F8',
    injected: 'the signing key rotated ten times under load, and retired',
    run: specs(
      'apps/identity/src/keys/rotation-under-load.spec.ts',
      'apps/identity/src/keys/key.retirement.spec.ts',
    ),
    rounds: BY_TESTS,
    seconds: [20, 20],
  },
  clock: {
    row: 'F9',
    injected: "identity's clock leaps, both ways",
    run: clockShift,
    rounds: [1, 1],
    seconds: [15, 15],
  },
  'slow-sockets': {
    row: 'F10',
    injected: 'slow headers, bodies and readers',
    run: slowSockets,
    rounds: [1, 1],
    seconds: [28, 20],
  },
  'big-bodies': {
    row: 'F12',
    injected: 'bodies too large, too deep, packed, of two lengths',
    run: bigBodies,
    rounds: [5, 1],
    seconds: [15, 7],
  },
  'login-tenfold': {
    row: 'F13',
    injected: 'ten times the sign-ins there can be, for a minute',
    run: loginTenfold,
    rounds: [1, 1],
    seconds: [95, 32],
  },
  'login-flood': {
    row: 'F13',
    injected: 'a flood of sign-ins',
    run: loginFlood,
    rounds: BY_HAND,
    seconds: [60, 60],
  },
  'refresh-race': {
    row: 'F14',
    injected: 'one refresh token used 50 times at once on two replicas',
    run: refreshRace,
    rounds: [100, 3],
    seconds: [50, 9],
  },
  'rolling-restarts': {
    row: 'F16',
    injected: 'SIGTERM to two replicas behind nginx, in turn',
    run: rollingRestarts,
    rounds: [10, 1],
    seconds: [50, 7],
  },
  'identity-kill': {
    row: 'F17',
    injected: 'SIGKILL between a request and its answer',
    run: identityKill,
    rounds: [100, 10],
    seconds: [110, 13],
  },
  'kill-at-every-await': {
    row: 'F17',
    injected: 'SIGKILL before and after each statement',
    run: killAtEveryAwait,
    rounds: BY_HAND,
    seconds: [240, 240],
  },
  'full-disk': {
    row: 'F19',
    injected: 'no room on the disk under SQLite',
    run: specs('e2e/src/processes/full-disk.spec.ts'),
    rounds: BY_TESTS,
    seconds: [15, 15],
  },
  'sqlite-held': {
    row: 'F19',
    injected: 'another process holds the SQLite file',
    run: sqliteLock,
    rounds: [1, 1],
    seconds: [10, 7],
  },
  migrations: {
    row: 'F20',
    injected: 'four replicas migrate at once; one is killed half-way',
    run: specs(
      'libs/service-kit/src/database/migration.spec.ts',
      'apps/identity/src/database/interrupted-migrations.spec.ts',
    ),
    rounds: BY_TESTS,
    seconds: [15, 15],
  },
  'mail-server': {
    row: 'F21',
    injected: 'the mail server down, slow, silent in the middle',
    run: mailServerTrouble,
    rounds: [1, 1],
    seconds: [50, 20],
  },
  configurations: {
    row: 'F23',
    injected: 'bad configurations of each service',
    run: specs('e2e/src/processes/bad-configurations.spec.ts'),
    rounds: BY_TESTS,
    seconds: [60, 60],
  },
  'revocation-feed': {
    row: 'F26',
    injected: 'the feed cut, reordered, replayed, reset, silent',
    run: specs(
      'apps/identity/src/revocation/guards.spec.ts',
      'libs/access/src/revocation/feed.receiver.spec.ts',
    ),
    rounds: BY_TESTS,
    seconds: [20, 20],
  },
};
