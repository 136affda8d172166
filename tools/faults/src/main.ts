import { parseArgs } from 'node:util';
import { killAtEveryAwait } from './await.kill.ts';
import { bigBodies } from './big.bodies.ts';
import { clockShift } from './clock.shift.ts';
import { databaseKill } from './database.kill.ts';
import { databasePause } from './database.pause.ts';
import { databaseRefusals } from './database.refusals.ts';
import type { Fault } from './fault.ts';
import { identityKill } from './identity.kill.ts';
import { loginFlood } from './login.flood.ts';
import { mailServerTrouble } from './mail-server.trouble.ts';
import { poolExhaustion } from './pool.exhaustion.ts';
import { refreshRace } from './refresh.race.ts';
import { rollingRestarts } from './rolling.restarts.ts';
import { Report } from './report.ts';
import { slowSockets } from './slow.sockets.ts';
import { sqliteLock } from './sqlite.lock.ts';
import { valkeyTrouble } from './valkey.trouble.ts';

/** What is done to the services, by name, with how often by default. */
const FAULTS = {
  'refresh-race': { run: refreshRace, rounds: 100 },
  'identity-kill': { run: identityKill, rounds: 100 },
  'kill-at-every-await': { run: killAtEveryAwait, rounds: 1 },
  'database-kill': { run: databaseKill, rounds: 100 },
  'database-paused': { run: databasePause, rounds: 1 },
  'database-refuses': { run: databaseRefusals, rounds: 3 },
  'pool-exhausted': { run: poolExhaustion, rounds: 1 },
  'mail-server': { run: mailServerTrouble, rounds: 1 },
  valkey: { run: valkeyTrouble, rounds: 1 },
  'slow-sockets': { run: slowSockets, rounds: 1 },
  'sqlite-held': { run: sqliteLock, rounds: 1 },
  'rolling-restarts': { run: rollingRestarts, rounds: 10 },
  clock: { run: clockShift, rounds: 1 },
  'big-bodies': { run: bigBodies, rounds: 5 },
  'login-flood': { run: loginFlood, rounds: 1 },
} as const satisfies Record<string, { run: Fault; rounds: number }>;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    seed: { type: 'string', default: '1' },
    quick: { type: 'boolean', default: false },
  },
});
const names = positionals.length > 0 ? positionals : Object.keys(FAULTS);
for (const name of names) {
  const fault = FAULTS[name as keyof typeof FAULTS];
  if (!fault) throw new Error(`No such fault: ${name}. There are ${Object.keys(FAULTS).join(', ')}.`);
  const report = new Report(name);
  const { quick } = values;
  await fault.run(report, {
    rounds: Number(values.rounds ?? fault.rounds),
    seed: Number(values.seed),
    quick,
  });
  report.end();
  if (report.failed) process.exitCode = 1;
}
