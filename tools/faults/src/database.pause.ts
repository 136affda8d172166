import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultOptions } from './fault.ts';
import { listenUnderHarmlessLoad } from './harmless.load.ts';
import { House } from './house.ts';
import { Idle } from './idle.ts';
import { Pulse } from './pulse.ts';
import { AFTER_REFUSAL, employ, expectNothingHalfDone, type RefreshingWorker } from './refreshing.worker.ts';
import { quantile, type Report } from './report.ts';

const WORKERS = 100;
const FEWER = 40;
const REPLICAS = 1;
const PAUSE = 30_000;
const SHORT_PAUSE = 4_000;
const LONGEST_ANSWER = 2_000;
const LONGEST_LIVE = 50;
const LONGEST_RECOVERY = 1_000;
/** How long is listened to what is usual, before and after. Milliseconds. */
const CALM = 2_000;
/** A replica's pool. */
const CONNECTIONS = 10;

/** What was heard while the database stood still. Milliseconds. */
interface Heard {
  readonly live: readonly number[];
  readonly recoveries: readonly number[];
}

/** F2: MariaDB stands still under 100 at once. Everybody is told so in time; when it goes on, so does everything. */
export async function databasePause(report: Report, { rounds, quick }: FaultOptions): Promise<void> {
  const house = await House.open({ replicas: REPLICAS, environment: { REFRESH_GRACE: '600s' } });
  const pulse = new Pulse(`${house.replica(0).url}/health/live`);
  const idle = new Idle();
  const count = quick ? FEWER : WORKERS;
  const listen = () =>
    listenUnderHarmlessLoad(
      house.replica(0),
      { count, pause: () => AFTER_REFUSAL },
      { idle, pulse, milliseconds: CALM },
    );
  try {
    await listen();
    const workers = await employ(house, count, report);
    const heard = await pauses(house, pulse, workers, {
      rounds,
      milliseconds: quick ? SHORT_PAUSE : PAUSE,
      report,
    });
    for (const worker of workers) await worker.expectToGoOn();
    await expectNothingHalfDone(house, report);
    const left = await house.connections();
    report.expect(left <= CONNECTIONS * REPLICAS, `${left} connections are left`);
    await listen();
    tell(report, heard, idle);
    tellAnswers(report, workers, idle);
  } finally {
    await pulse.stop();
    await house.close();
  }
}

async function pauses(
  house: House,
  pulse: Pulse,
  workers: readonly RefreshingWorker[],
  { rounds, milliseconds, report }: { rounds: number; milliseconds: number; report: Report },
): Promise<Heard> {
  const running = workers.map((worker) => worker.run());
  const [live, recoveries]: [number[], number[]] = [[], []];
  try {
    for (let round = 0; round < rounds; round += 1) {
      await sleep(1_000);
      await pulse.times();
      recoveries.push(await pause(house, milliseconds, report));
      live.push(...(await pulse.times()));
    }
  } finally {
    for (const worker of workers) worker.stop();
    house.database.signal('SIGCONT');
    await Promise.all(running);
  }
  return { live, recoveries };
}

/** @returns how long it took from the end of the pause until the replica was ready, in milliseconds */
async function pause(house: House, milliseconds: number, report: Report): Promise<number> {
  house.database.signal('SIGSTOP');
  await sleep(milliseconds / 2);
  const ready = await house.replica(0).send('/health/ready');
  report.expect(ready?.status === 503, `while it is paused, /health/ready answers ${ready?.status}`);
  await sleep(milliseconds / 2);
  house.database.signal('SIGCONT');
  const start = performance.now();
  while ((await house.replica(0).send('/health/ready'))?.status !== 200) {
    if (performance.now() - start > 10 * LONGEST_RECOVERY) break;
    await sleep(10);
  }
  return performance.now() - start;
}

function tell(report: Report, { live, recoveries }: Heard, idle: Idle): void {
  report.figure('live p99 ms while nothing is wrong', idle.p99);
  report.figure('longest live ms', quantile(live, 1));
  report.atMost('live p99 ms', quantile(live, 0.99), idle.boundOf(LONGEST_LIVE));
  report.atMost('recovered after ms', quantile(recoveries, 1), idle.boundOf(LONGEST_RECOVERY));
}

function tellAnswers(report: Report, workers: readonly RefreshingWorker[], idle: Idle): void {
  const sum = (figure: 'good' | 'shed' | 'lost') =>
    workers.reduce((total, worker) => total + worker[figure], 0);
  const times = workers.flatMap((worker) => worker.times);
  report.figure('answers 200 / 503 / none', `${sum('good')} / ${sum('shed')} / ${sum('lost')}`);
  report.figure('answer p50 / p99 ms', [0.5, 0.99].map((share) => quantile(times, share)).join(' / '));
  report.atMost('longest answer ms', quantile(times, 1), idle.boundOf(LONGEST_ANSWER));
  report.expect(sum('lost') === 0, `${sum('lost')} requests got no answer`);
}
