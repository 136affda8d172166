import { setTimeout as sleep } from 'node:timers/promises';
import { findValkey, PrivateValkey } from '@gatehouse/workspace';
import type { Fault } from './fault.ts';
import { House } from './house.ts';
import { Idle } from './idle.ts';
import { quantile, type Report } from './report.ts';

const REQUESTS = 400;
const AT_ONCE = 4;
const FAILURES = 4;
/** Milliseconds. */
const MOST_ADDED = 50;
/** Milliseconds. */
const RECOVERY = 10_000;
const READER = { email: 'reader@example.com', password: 'opensesame-please' };

/** F5: Valkey is killed, paused and emptied. Nobody waits, nobody may guess without end, what was revoked stays so. */
export const valkeyTrouble: Fault = async (report, { quick }) => {
  const program = findValkey();
  if (!program)
    throw new Error('Neither valkey-server nor redis-server is on PATH: install one, and try again.');
  const valkey = await PrivateValkey.start(program);
  const house = await House.open({
    replicas: 2,
    environment: {
      REDIS_URL: valkey.url,
      LOGIN_LIMITS: 'on',
      LOGIN_MAX_FAILURES: String(FAILURES),
      TRUST_PROXY: '127.0.0.1',
    },
  });
  const scene = new LimitScene(house, report, quick ? REQUESTS / 4 : REQUESTS);
  try {
    await scene.begin();
    await scene.look('there', 'shared');
    valkey.signal('SIGSTOP');
    await scene.look('paused', 'apart');
    valkey.signal('SIGCONT');
    await scene.recover('resumed');
    await valkey.kill();
    await scene.look('killed', 'apart');
    await valkey.up();
    await scene.recover('started again, empty');
    await scene.look('back', 'shared');
    scene.tell();
  } finally {
    await house.close();
    await valkey.close();
  }
};

/** What clients of two replicas see of Valkey's troubles. */
class LimitScene {
  readonly #house: House;
  readonly #report: Report;
  readonly #requests: number;
  #revoked = '';
  readonly #idle = new Idle();
  /** How long requests took, by what Valkey was like. Milliseconds. */
  readonly #taken = new Map<string, readonly number[]>();
  #made = 0;

  constructor(house: House, report: Report, requests: number) {
    this.#house = house;
    this.#report = report;
    this.#requests = requests;
  }

  /** Warms up, learns what is usual, and revokes a token. */
  async begin(): Promise<void> {
    await this.#times();
    this.#idle.add(await this.#times());
    const signedIn = await this.#house.replica(0).post('/user_token', { auth: READER });
    this.#revoked = String(signedIn?.body['jwt']);
    await this.#house.replica(0).post('/oauth/revoke', { token: this.#revoked });
    await sleep(1_000);
  }

  /** @param counting whether replicas are to count together now, or each by itself */
  async look(valkey: string, counting: 'shared' | 'apart'): Promise<void> {
    const times = await this.#times();
    if (counting === 'shared') this.#idle.add(times);
    else this.#taken.set(valkey, times);
    const failures = await this.#failuresAllowed();
    this.#report.figure(`while Valkey is ${valkey}, failures allowed`, failures);
    const allowed = counting === 'shared' ? FAILURES : 2 * FAILURES;
    this.#report.expect(
      failures === allowed,
      `while Valkey is ${valkey} ${failures} failures are allowed, not ${allowed}`,
    );
    await this.#expectRevoked(valkey);
  }

  /** What Valkey's troubles add to the slowest request, as far as it is not usual. */
  tell(): void {
    this.#report.figure('while Valkey is there, p99 ms', this.#idle.p99);
    for (const [valkey, times] of this.#taken) {
      const added = Math.max(0, quantile(times, 1) - this.#idle.p99);
      this.#report.atMost(`while Valkey is ${valkey}, added ms`, added, this.#idle.boundOf(MOST_ADDED));
    }
  }

  /** Waits until replicas count together again. */
  async recover(valkey: string): Promise<void> {
    const begun = performance.now();
    while ((await this.#failuresAllowed()) !== FAILURES && performance.now() - begun < RECOVERY)
      await sleep(50);
    const took = Math.round(performance.now() - begun);
    this.#report.atMost(`Valkey is ${valkey}: replicas count together again after ms`, took, RECOVERY);
    await this.#expectRevoked(valkey);
  }

  /** How long requests take that are counted and do little else; each from a network of its own. */
  async #times(): Promise<number[]> {
    const times: number[] = [];
    const client = async () => {
      while (times.length < this.#requests) {
        const headers = { 'x-forwarded-for': this.#network() };
        const answer = await this.#house
          .replica(this.#made)
          .post('/confirmation', { token: 'unknown' }, headers);
        if (answer?.status !== 400) throw new Error(`a request was answered ${answer?.status}`);
        times.push(answer.milliseconds);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, client));
    return times;
  }

  /** How often somebody fails to sign in at an account, at both replicas in turn, before it is locked at both. */
  async #failuresAllowed(): Promise<number> {
    const auth = { email: `${(this.#made += 1)}@example.com`, password: 'not the password' };
    const headers = { 'x-forwarded-for': this.#network() };
    let failures = 0;
    for (let turn = 0; turn < 4 * FAILURES; turn += 1) {
      const answer = await this.#house.replica(turn).post('/user_token', { auth }, headers);
      if (answer?.status === 401) failures += 1;
    }
    return failures;
  }

  async #expectRevoked(valkey: string): Promise<void> {
    for (const replica of this.#house.replicas) {
      const headers = { authorization: `Bearer ${this.#revoked}` };
      const answer = await replica.send('/me', { headers });
      this.#report.expect(
        answer?.status === 401,
        `while Valkey is ${valkey} a revoked token is answered ${answer?.status}`,
      );
    }
  }

  #network(): string {
    this.#made += 1;
    return `10.${(this.#made >> 16) & 255}.${(this.#made >> 8) & 255}.${this.#made & 255}`;
  }
}
