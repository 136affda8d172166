import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '@gatehouse/workspace';
import type { Expect, Preparation } from './attempts/attempt.ts';
import { logout } from './attempts/logout.attempt.ts';
import { passwordChange } from './attempts/password-change.attempt.ts';
import { refreshing } from './attempts/refresh.attempt.ts';
import { signIn } from './attempts/sign-in.attempt.ts';
import { signUp } from './attempts/sign-up.attempt.ts';
import { House } from './house.ts';
import type { Report } from './report.ts';
import { Scene } from './scene.ts';
import { type Moment, StatementProxy } from './statement.proxy.ts';

const OPERATIONS: Readonly<Record<string, Preparation>> = {
  'sign-in': signIn,
  refresh: refreshing,
  logout,
  'password change': passwordChange,
  'sign-up': signUp,
};

const MOST_STATEMENTS = 40;
/** What an answered request sets going, such as the revocation's place in the feed, is killed as well. Milliseconds. */
const AFTERMATH = 100;

/** F17: identity is killed at every statement of a request: before it is sent, and when its answer is there. */
export async function killAtEveryAwait(
  report: Report,
  { rounds, seed }: { rounds: number; seed: number },
): Promise<void> {
  const random = new Random(seed);
  let proxy: StatementProxy | undefined;
  const house = await House.open({
    replicas: 1,
    environment: { REFRESH_GRACE: '60s' },
    through: async (port) => (proxy = await StatementProxy.start(port)).port,
  });
  const connection = await house.connect();
  const scene = new Scene(house.replica(0), connection);
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const name of random.shuffled(Object.keys(OPERATIONS))) {
        const killing = new Killing(name, scene, proxy!, report);
        await killing.through(random);
        killing.tell();
      }
    }
  } finally {
    await connection.end();
    await house.close();
    await proxy?.close();
  }
}

/** Kills one operation again and again, one statement further each time, until it is over before. */
class Killing {
  readonly #name: string;
  readonly #scene: Scene;
  readonly #proxy: StatementProxy;
  readonly #report: Report;
  readonly #kills = { unanswered: 0, answered: 0 };
  #statements = 0;
  #violations = 0;

  constructor(name: string, scene: Scene, proxy: StatementProxy, report: Report) {
    this.#name = name;
    this.#scene = scene;
    this.#proxy = proxy;
    this.#report = report;
  }

  async through(random: Random): Promise<void> {
    for (let nth = 1; nth <= MOST_STATEMENTS; nth += 1) {
      let killed = false;
      for (const moment of random.shuffled<Moment>(['before', 'after'])) {
        killed = (await this.#attempt(nth, moment)) || killed;
      }
      if (!killed) return;
      this.#statements = nth;
    }
    this.#expect(false, `it is not over after ${MOST_STATEMENTS} statements`);
  }

  tell(): void {
    const { unanswered, answered } = this.#kills;
    this.#report.figure(
      `${this.#name}: statements, kills before / after the answer`,
      `${this.#statements}, ${unanswered} / ${answered}`,
    );
    this.#report.atMost(`${this.#name}: violations`, this.#violations, 0);
  }

  /** @returns whether the kill came before all was over */
  async #attempt(nth: number, moment: Moment): Promise<boolean> {
    const attempt = await OPERATIONS[this.#name]!(this.#scene);
    const { replica } = this.#scene;
    let gone: Promise<void> | undefined;
    this.#proxy.arm({ nth, moment, strike: () => (gone = replica.kill()) });
    const answer = await attempt.begin();
    if (!gone) await sleep(AFTERMATH);
    await gone;
    this.#proxy.disarm();
    if (gone) {
      this.#kills[answer ? 'answered' : 'unanswered'] += 1;
      await replica.restart();
    }
    await attempt.check(answer, (holds, sentence) =>
      this.#expect(holds, `${gone ? `killed ${moment} statement ${nth}` : 'not killed'}: ${sentence}`),
    );
    return gone !== undefined;
  }

  readonly #expect: Expect = (holds, sentence) => {
    if (!holds) this.#violations += 1;
    this.#report.expect(holds, `${this.#name}, ${sentence}`);
  };
}
