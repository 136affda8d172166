import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultOptions } from './fault.ts';
import { House } from './house.ts';
import { Idle } from './idle.ts';
import { Pulse } from './pulse.ts';
import { openSession, refresh, type RenewableSession } from './refresh.sessions.ts';
import { REFUSALS, type Refusal } from './refusals.ts';
import { quantile, type Report } from './report.ts';

const LONGEST_ANSWER = 2_000;
const CONCURRENT = 20;
/** How long nothing is done but listened to what is usual, before and after. Milliseconds. */
const CALM = 1_000;

/** How long something took, in milliseconds, by what it was. */
type Durations = Map<string, number>;

/** F4: the database is there, and refuses. It is tried again, not for long, and then told. */
export async function databaseRefusals(report: Report, { rounds }: FaultOptions): Promise<void> {
  const house = await House.open({ replicas: 1, environment: { REFRESH_GRACE: '600s' } });
  const pulse = new Pulse(`${house.replica(0).url}/health/live`);
  const [idle, durations] = [new Idle(), new Map<string, number>()];
  try {
    await idle.listen(pulse, CALM);
    for (let round = 0; round < rounds; round += 1) {
      for (const refusal of REFUSALS) await tryOut(refusal, house, { report, durations });
      await idle.listen(pulse, CALM);
    }
    for (const [what, taken] of durations) report.atMost(what, taken, idle.boundOf(LONGEST_ANSWER));
  } finally {
    await pulse.stop();
    await house.close();
  }
}

async function tryOut(
  { name, begin, mayServe = false }: Refusal,
  house: House,
  { report, durations }: { report: Report; durations: Durations },
): Promise<void> {
  const root = await house.connect();
  const sessions: RenewableSession[] = [];
  while (sessions.length < CONCURRENT) sessions.push(await openSession(root));
  const end = await begin(house, root, sessions);
  const uses = sessions.map(({ refreshToken }) => refresh(house.replica(0), refreshToken));
  const answers = await Promise.all(uses);
  const told = await end();
  if (told) report.atMost(`${name}: ${told.what}`, told.value, told.bound);
  const times = answers.map((answer) => answer?.milliseconds ?? Number.POSITIVE_INFINITY);
  note(durations, `${name}: longest answer ms`, quantile(times, 1));
  const refused = answers.filter((answer) => answer?.status === 503 && answer.retryAfter !== null).length;
  const served = answers.filter((answer) => answer?.status === 200).length;
  report.expect(served === 0 || mayServe, `${name}: ${served} are answered 200`);
  report.expect(
    refused > 0 && refused + served === CONCURRENT,
    `${name}: ${refused} of ${CONCURRENT} are answered 503 with Retry-After`,
  );
  note(durations, `${name}: well again after ms`, await recovery(house, sessions, report));
  await root.end();
}

/** Until one of the tokens is as good as it was; then the others must be, since nothing was done. */
async function recovery(
  house: House,
  [first, ...others]: readonly RenewableSession[],
  report: Report,
): Promise<number> {
  const start = performance.now();
  while ((await refresh(house.replica(0), first!.refreshToken))?.status !== 200) {
    if (performance.now() - start > 10 * LONGEST_ANSWER) return Number.POSITIVE_INFINITY;
    await sleep(20);
  }
  const taken = performance.now() - start;
  for (const { refreshToken } of others) {
    const answer = await refresh(house.replica(0), refreshToken);
    report.expect(answer?.status === 200, `a token that was refused is answered ${answer?.status} later`);
  }
  return taken;
}

function note(durations: Durations, what: string, taken: number): void {
  durations.set(what, Math.max(taken, durations.get(what) ?? 0));
}
