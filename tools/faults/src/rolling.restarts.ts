import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultOptions } from './fault.ts';
import { House } from './house.ts';
import { Nginx } from './nginx.ts';
import { openSession, refresh } from './refresh.sessions.ts';
import { type Answer, answerOf } from './replica.ts';
import { quantile, type Report } from './report.ts';

const CLIENTS = 12;
const REQUESTS = 10_000;
const LONGEST_STOP = 10_000;
/** As in production: nginx must hear that a replica goes before it is gone. */
const DELAY = '1s';

/** F16: two replicas behind nginx are restarted in turn, again and again, under load. Nobody notices. */
export async function rollingRestarts(report: Report, { rounds, quick }: FaultOptions): Promise<void> {
  if (!Nginx.isInstalled())
    throw new Error('There is no nginx: install it (on Debian nginx-light), and try again.');
  const environment = { REFRESH_GRACE: '600s', SHUTDOWN_DELAY: DELAY };
  const house = await House.open({ replicas: 2, environment });
  const nginx = await Nginx.start(house.replicas.map(({ url }) => url));
  const load = new Load(`http://127.0.0.1:${nginx.port}`, house, report);
  try {
    const running = load.run(quick ? REQUESTS / 10 : REQUESTS);
    const stops: number[] = [];
    for (let round = 0; round < rounds; round += 1) stops.push(await restart(house, round, report));
    load.mayEnd();
    await running;
    report.figure('restarts', stops.length);
    report.figure('stopped after p50 ms', quantile(stops, 0.5));
    report.atMost('stopped after, longest ms', quantile(stops, 1), LONGEST_STOP);
    load.tell();
  } finally {
    await nginx.close();
    await house.close();
  }
}

/** @returns how long it took to stop, in milliseconds */
async function restart(house: House, round: number, report: Report): Promise<number> {
  const replica = house.replica(round);
  await sleep(300);
  const start = performance.now();
  const { code, signal } = await replica.stop();
  const taken = performance.now() - start;
  report.expect(code === 0, `a replica ended with ${signal ?? code}`);
  await replica.restart();
  return taken;
}

/** Reads and writes through the proxy, until there were enough and it may end. */
class Load {
  readonly #url: string;
  readonly #house: House;
  readonly #report: Report;
  readonly #times: number[] = [];
  #failed = 0;
  #mayEnd = false;

  constructor(url: string, house: House, report: Report) {
    this.#url = url;
    this.#house = house;
    this.#report = report;
  }

  mayEnd(): void {
    this.#mayEnd = true;
  }

  async run(requests: number): Promise<void> {
    const connection = await this.#house.connect();
    const sessions = await Promise.all(Array.from({ length: CLIENTS }, () => openSession(connection)));
    await connection.end();
    const client = async (token: string): Promise<void> => {
      for (let turn = 0; this.#times.length < requests || !this.#mayEnd; turn += 1) {
        token = turn % 10 ? (await this.#read(), token) : await this.#renew(token);
      }
    };
    await Promise.all(sessions.map(({ refreshToken }) => client(refreshToken)));
  }

  tell(): void {
    const [p50, p99] = [0.5, 0.99].map((share) => quantile(this.#times, share));
    this.#report.atMost(`failed of ${this.#times.length} requests`, this.#failed, 0);
    this.#report.figure('answer p50 / p99 / longest ms', `${p50} / ${p99} / ${quantile(this.#times, 1)}`);
  }

  async #read(): Promise<void> {
    this.#note(await answerOf(`${this.#url}/.well-known/jwks.json`), 'a GET');
  }

  async #renew(token: string): Promise<string> {
    const answer = await refresh({ post: (path, body) => this.#post(path, body) }, token);
    this.#note(answer, 'a refresh');
    return answer?.status === 200 ? String(answer.body['refresh_token']) : token;
  }

  #post(path: string, body: object): Promise<Answer | undefined> {
    const headers = { 'content-type': 'application/json' };
    return answerOf(this.#url + path, { method: 'POST', body: JSON.stringify(body), headers });
  }

  #note(answer: Answer | undefined, what: string): void {
    this.#times.push(answer?.milliseconds ?? 0);
    if (answer?.status === 200) return;
    this.#failed += 1;
    this.#report.expect(false, `${what} is answered ${answer?.status ?? 'nothing'}`);
  }
}
