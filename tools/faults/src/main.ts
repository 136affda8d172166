import { parseArgs } from 'node:util';
import { killAtEveryAwait } from './await.kill.ts';
import { databaseKill } from './database.kill.ts';
import { identityKill } from './identity.kill.ts';
import { loginFlood } from './login.flood.ts';
import { refreshRace } from './refresh.race.ts';
import { Report } from './report.ts';

/** What is done to the services, by name, with how often by default. */
const FAULTS = {
  'refresh-race': { run: refreshRace, rounds: 100 },
  'identity-kill': { run: identityKill, rounds: 100 },
  'kill-at-every-await': { run: killAtEveryAwait, rounds: 1 },
  'database-kill': { run: databaseKill, rounds: 100 },
  'login-flood': { run: loginFlood, rounds: 1 },
} as const;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
const names = positionals.length > 0 ? positionals : Object.keys(FAULTS);
for (const name of names) {
  const fault = FAULTS[name as keyof typeof FAULTS];
  if (!fault) throw new Error(`No such fault: ${name}. There are ${Object.keys(FAULTS).join(', ')}.`);
  const report = new Report(name);
  await fault.run(report, { rounds: Number(values.rounds ?? fault.rounds), seed: Number(values.seed) });
  report.end();
  if (report.failed) process.exitCode = 1;
}
