import { setTimeout as sleep } from 'node:timers/promises';
import type { House } from './house.ts';
import { openSession, refresh } from './refresh.sessions.ts';
import type { Report } from './report.ts';

/** How long a worker waits that was refused. Milliseconds. */
export const AFTER_REFUSAL = 250;

/** Uses one session for as long as it is told to; a token whose answer got lost is used again. */
export class RefreshingWorker {
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
    await sleep(AFTER_REFUSAL);
  }
}

/** Workers with a session each, spread over the replicas. */
export async function employ(house: House, count: number, report: Report): Promise<RefreshingWorker[]> {
  const connection = await house.connect();
  const workers: RefreshingWorker[] = [];
  for (let i = 0; i < count; i += 1) {
    const { refreshToken } = await openSession(connection);
    workers.push(new RefreshingWorker(house, i, refreshToken, report));
  }
  await connection.end();
  return workers;
}

/** Every session has exactly one refresh token to go on with. */
export async function expectNothingHalfDone(house: House, report: Report): Promise<void> {
  const connection = await house.connect();
  const [rows] = await connection.query(
    `SELECT session_id, SUM(spent_at IS NULL) AS unspent FROM refresh_tokens GROUP BY session_id HAVING unspent <> 1`,
  );
  await connection.end();
  report.expect((rows as unknown[]).length === 0, 'a session has no refresh token to go on with, or two');
}
