import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultOptions } from './fault.ts';
import { House } from './house.ts';
import { Pulse } from './pulse.ts';
import { employ, expectNothingHalfDone, type RefreshingWorker } from './refreshing.worker.ts';
import { boundOf, quantile, type Report } from './report.ts';

const WORKERS = 100;
const REPLICAS = 1;
const PAUSE = 30_000;
const SHORT_PAUSE = 4_000;
const LONGEST_ANSWER = 2_000;
const LONGEST_LIVE = 50;
const LONGEST_RECOVERY = 1_000;
/** A replica's pool. */
const CONNECTIONS = 10;

/** F2: MariaDB stands still under 100 at once. Everybody is told so in time; when it goes on, so does everything. */
export async function databasePause(report: Report, { rounds, quick }: FaultOptions): Promise<void> {
  const house = await House.open({ replicas: REPLICAS, environment: { REFRESH_GRACE: '600s' } });
  const pulse = new Pulse(`${house.replica(0).url}/health/live`);
  await sleep(2_000);
  const calm = quantile(await pulse.times(), 0.99);
  const workers = await employ(house, WORKERS, report);
  const live: number[] = [];
  let running: Promise<void>[] = [];
  try {
    running = workers.map((worker) => worker.run());
    for (let round = 0; round < rounds; round += 1) {
      await sleep(1_000);
      await pause(house, quick ? SHORT_PAUSE : PAUSE, report);
    }
    live.push(...(await pulse.times()));
  } finally {
    for (const worker of workers) worker.stop();
    house.database.signal('SIGCONT');
    await Promise.all(running);
  }
  for (const worker of workers) await worker.expectToGoOn();
  await expectNothingHalfDone(house, report);
  const left = await house.connections();
  report.figure('connections afterwards', left);
  report.expect(left <= CONNECTIONS * REPLICAS, `${left} connections are left`);
  await pulse.times();
  await sleep(2_000);
  tellLive(report, live, Math.max(calm, quantile(await pulse.times(), 0.99)));
  await pulse.stop();
  await house.close();
  tellAnswers(report, workers);
}

async function pause(house: House, milliseconds: number, report: Report): Promise<void> {
  house.database.signal('SIGSTOP');
  await sleep(milliseconds / 2);
  const ready = await house.replica(0).send('/health/ready');
  report.expect(ready?.status === 503, `while it is paused, /health/ready answers ${ready?.status}`);
  await sleep(milliseconds / 2);
  house.database.signal('SIGCONT');
  const start = performance.now();
  for (;;) {
    const ready = await house.replica(0).send('/health/ready');
    if (ready?.status === 200 || performance.now() - start > 10 * LONGEST_RECOVERY) break;
    await sleep(10);
  }
  const taken = Math.round(performance.now() - start);
  report.figure('recovered after ms', `${taken}, bound ${LONGEST_RECOVERY}`);
  report.expect(taken <= LONGEST_RECOVERY, `recovered after ${taken} ms`);
}

function tellLive(report: Report, times: readonly number[], calm: number): void {
  const bound = boundOf(LONGEST_LIVE, calm);
  const [p99, longest] = [quantile(times, 0.99), quantile(times, 1)];
  report.figure('live p99 / longest ms', `${p99} / ${longest}, bound of the p99 ${bound}`);
  report.expect(p99 <= bound, `the p99 of /health/live is ${p99} ms`);
}

function tellAnswers(report: Report, workers: readonly RefreshingWorker[]): void {
  const sum = (figure: 'good' | 'shed' | 'lost') =>
    workers.reduce((total, worker) => total + worker[figure], 0);
  const times = workers.flatMap((worker) => worker.times);
  const shares = [0.5, 0.99, 1].map((share) => quantile(times, share));
  report.figure('answers 200 / 503 / none', `${sum('good')} / ${sum('shed')} / ${sum('lost')}`);
  report.figure('answer p50 / p99 / longest ms', `${shares.join(' / ')}, bound ${LONGEST_ANSWER}`);
  report.expect(shares[2]! <= LONGEST_ANSWER, `an answer took ${shares[2]} ms`);
  report.expect(sum('lost') === 0, `${sum('lost')} requests got no answer`);
}
