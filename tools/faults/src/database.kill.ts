import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '@gatehouse/workspace';
import { House } from './house.ts';
import { openSession, refresh } from './refresh.sessions.ts';
import { employ, expectNothingHalfDone, type RefreshingWorker } from './refreshing.worker.ts';
import { Idle } from './idle.ts';
import { quantile, type Report } from './report.ts';

const WORKERS = 8;
const LONGEST_ANSWER = 2_000;
const LONGEST_RECOVERY = 2_000;
/** How long all goes well, before and after. Milliseconds. */
const CALM = 1_000;

/** F1: MariaDB is killed at random moments under refreshes. Nothing acknowledged is lost, nothing is left half done. */
export async function databaseKill(
  report: Report,
  { rounds, seed }: { rounds: number; seed: number },
): Promise<void> {
  const random = new Random(seed);
  const house = await House.open({ replicas: 2, environment: { REFRESH_GRACE: '600s' } });
  const workers = await employ(house, WORKERS, report);
  const recoveries: number[] = [];
  const idle = new Idle();
  const running = workers.map((worker) => worker.run());
  try {
    idle.add(await calmTimes(workers));
    for (let round = 0; round < rounds; round += 1) {
      await sleep(random.between(50, 400));
      await house.database.kill();
      await sleep(random.between(0, 300));
      await house.database.up();
      recoveries.push(await recovery(house));
    }
    idle.add(await calmTimes(workers));
  } finally {
    for (const worker of workers) worker.stop();
    await Promise.all(running);
  }
  for (const worker of workers) await worker.expectToGoOn();
  await expectNothingHalfDone(house, report);
  await house.close();
  tell(report, workers, recoveries, idle);
}

/** How long answers take while the database is there. */
async function calmTimes(workers: readonly RefreshingWorker[]): Promise<number[]> {
  const before = workers.map(({ times }) => times.length);
  await sleep(CALM);
  return workers.flatMap(({ times }, i) => times.slice(before[i]));
}

/** How long it takes until a request that writes is answered well again. */
async function recovery(house: House): Promise<number> {
  const start = performance.now();
  const connection = await house.connect();
  const { refreshToken } = await openSession(connection);
  await connection.end();
  const limit = 10 * LONGEST_RECOVERY;
  while (performance.now() - start < limit) {
    const answers = await Promise.all(house.replicas.map((replica) => refresh(replica, refreshToken)));
    if (answers.every((answer) => answer?.status === 200)) break;
  }
  return performance.now() - start;
}

function tell(
  report: Report,
  workers: readonly RefreshingWorker[],
  recoveries: readonly number[],
  idle: Idle,
): void {
  const times = workers.flatMap((worker) => worker.times);
  const sum = (figure: 'good' | 'shed' | 'lost') =>
    workers.reduce((total, worker) => total + worker[figure], 0);
  report.figure('answers 200 / 503 / lost', `${sum('good')} / ${sum('shed')} / ${sum('lost')}`);
  report.figure('answer p50 / p99 ms', [0.5, 0.99].map((share) => quantile(times, share)).join(' / '));
  report.atMost('longest answer ms', quantile(times, 1), idle.boundOf(LONGEST_ANSWER));
  report.figure('recovery p50 ms', quantile(recoveries, 0.5));
  report.atMost('longest recovery ms', quantile(recoveries, 1), idle.boundOf(LONGEST_RECOVERY));
}
