import { setTimeout as sleep } from 'node:timers/promises';
import { House } from './house.ts';
import { Random } from './random.ts';
import { openSession, refresh } from './refresh.sessions.ts';
import { quantile, Report } from './report.ts';

const WORKERS = 8;
const LONGEST_ANSWER = 2_000;
const LONGEST_RECOVERY = 2_000;

/** F1: MariaDB is killed at random moments under refreshes. Nothing acknowledged is lost, nothing is left half done. */
export async function databaseKill(
  report: Report,
  { rounds, seed }: { rounds: number; seed: number },
): Promise<void> {
  const random = new Random(seed);
  const house = await House.open({ replicas: 2, environment: { REFRESH_GRACE: '600s' } });
  const connection = await house.connect();
  const workers: RefreshingWorker[] = [];
  for (let i = 0; i < WORKERS; i += 1) {
    const { refreshToken } = await openSession(connection);
    workers.push(new RefreshingWorker(house, i, refreshToken, report));
  }
  connection.destroy();
  const recoveries: number[] = [];
  const running = workers.map((worker) => worker.run());
  try {
    for (let round = 0; round < rounds; round += 1) {
      await sleep(random.between(50, 400));
      await house.database.kill();
      await sleep(random.between(0, 300));
      await house.database.up();
      recoveries.push(await recovery(house, report));
    }
  } finally {
    for (const worker of workers) worker.stop();
    await Promise.all(running);
  }
  for (const worker of workers) await worker.expectToGoOn();
  await expectNothingHalfDone(house, report);
  await house.close();
  tell(report, workers, recoveries);
}

/** Uses one session for as long as it is told to; a token whose answer got lost is used again. */
class RefreshingWorker {
  readonly times: number[] = [];
  good = 0;
  shed = 0;
  lost = 0;
  #stopped = false;
  #token: string;
  readonly #house: House;
  readonly #turn: number;
  readonly #report: Report;

  constructor(house: House, turn: number, token: string, report: Report) {
    this.#house = house;
    this.#turn = turn;
    this.#token = token;
    this.#report = report;
  }

  stop(): void {
    this.#stopped = true;
  }

  async run(): Promise<void> {
    while (!this.#stopped) await this.#use();
  }

  async expectToGoOn(): Promise<void> {
    const answer = await refresh(this.#house.replica(this.#turn), this.#token);
    this.#report.expect(answer?.status === 200, `a session that nobody ended answers ${answer?.status}`);
  }

  async #use(): Promise<void> {
    const answer = await refresh(this.#house.replica(this.#turn), this.#token);
    if (!answer) {
      this.lost += 1;
      return;
    }
    this.times.push(answer.milliseconds);
    if (answer.status === 200) {
      this.good += 1;
      this.#token = String(answer.body['refresh_token']);
      return;
    }
    this.shed += 1;
    const orderly = answer.status === 503 && answer.retryAfter !== null;
    this.#report.expect(orderly, `an answer is ${answer.status} ${JSON.stringify(answer.body)}`);
    await sleep(20);
  }
}

/** How long it takes until a request that writes is answered well again. */
async function recovery(house: House, report: Report): Promise<number> {
  const start = performance.now();
  const connection = await house.connect();
  const { refreshToken } = await openSession(connection);
  await connection.end();
  const limit = 10 * LONGEST_RECOVERY;
  while (performance.now() - start < limit) {
    const answers = await Promise.all(house.replicas.map((replica) => refresh(replica, refreshToken)));
    if (answers.every((answer) => answer?.status === 200)) break;
  }
  const taken = performance.now() - start;
  report.expect(taken <= LONGEST_RECOVERY, `recovered after ${Math.round(taken)} ms`);
  return taken;
}

async function expectNothingHalfDone(house: House, report: Report): Promise<void> {
  const connection = await house.connect();
  const [rows] = await connection.query(
    `SELECT session_id, SUM(spent_at IS NULL) AS unspent FROM refresh_tokens GROUP BY session_id HAVING unspent <> 1`,
  );
  await connection.end();
  report.expect((rows as unknown[]).length === 0, 'a session has no refresh token to go on with, or two');
}

function tell(report: Report, workers: readonly RefreshingWorker[], recoveries: readonly number[]): void {
  const times = workers.flatMap((worker) => worker.times);
  const sum = (figure: 'good' | 'shed' | 'lost') =>
    workers.reduce((total, worker) => total + worker[figure], 0);
  report.expect(Math.max(...times) <= LONGEST_ANSWER, `an answer took ${Math.round(Math.max(...times))} ms`);
  report.figure('answers 200 / 503 / lost', `${sum('good')} / ${sum('shed')} / ${sum('lost')}`);
  report.figure(
    'answer p50 / p99 / longest ms',
    [0.5, 0.99, 1].map((share) => quantile(times, share)).join(' / '),
  );
  report.figure(
    'recovery p50 / longest ms',
    [0.5, 1].map((share) => quantile(recoveries, share)).join(' / '),
  );
}
