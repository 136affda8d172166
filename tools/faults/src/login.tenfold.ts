import type { Fault } from './fault.ts';
import { House } from './house.ts';
import { Idle } from './idle.ts';
import { measure, type Stream, type Times } from './load.ts';
import { offer } from './offered.load.ts';
import { Pulse } from './pulse.ts';
import { quantile, type Report } from './report.ts';

const TIMES = 10;
const LEAST_GOODPUT = 0.8;
const LONGEST_SHED = 100;
const LONGEST_OTHER = 250;

/** A minute of flood in all, and what is compared with it in between: the machine may change under a longer one. */
const FLOODS = 3;
/** How long people sign in who wait for each other, and how long all want to. Milliseconds. */
const FULL = { calm: 5_000, flood: 20_000 };
const QUICK = { calm: 2_000, flood: 3_000 };

const CREDENTIALS = { auth: { email: 'reader@example.com', password: 'opensesame-please' } };
const SIGN_IN = {
  method: 'POST',
  path: '/user_token',
  body: JSON.stringify(CREDENTIALS),
} as const;
const CALM: Stream = { ...SIGN_IN, connections: 4 };
/** Refused for what it says: nothing is hashed for it. */
const HARMLESS = { ...SIGN_IN, body: '{"auth":{}}' } as const;

/** F13: ten times as many people want to sign in as can, for a minute. As many do as before; the others are told at once. */
export const loginTenfold: Fault = async (report, { rounds, quick }) => {
  const house = await House.open({ replicas: 1 });
  const { url } = house.replica(0);
  const pulse = new Pulse(`${url}/health/live`);
  try {
    await measure(url, [CALM], 1_000); // Warms up.
    for (let round = 0; round < rounds; round += 1) {
      const flood = new Flood(url, pulse, quick ? QUICK : FULL);
      for (let nth = 0; nth < FLOODS; nth += 1) await flood.come();
      flood.tell(report);
      if (!quick) flood.judge(report);
      const after = await house.replica(0).post(SIGN_IN.path, CREDENTIALS);
      report.expect(after?.status === 201, `after the flood a sign-in is answered ${after?.status}`);
    }
  } finally {
    await pulse.stop();
    await house.close();
  }
};

/** What comes of a flood, and of the calm before each part of it. */
class Flood {
  readonly #url: string;
  readonly #pulse: Pulse;
  readonly #lengths: typeof FULL;
  readonly #idle = new Idle();
  /** Sign-ins a second: in each calm, in each calm with as many requests as in a flood, in each flood. */
  readonly #calm: number[] = [];
  readonly #busy: number[] = [];
  readonly #flooded: number[] = [];
  readonly #statuses = new Set<number>();
  /** Milliseconds. */
  readonly #shed: number[] = [];
  readonly #others: number[] = [];

  constructor(url: string, pulse: Pulse, lengths: typeof FULL) {
    this.#url = url;
    this.#pulse = pulse;
    this.#lengths = lengths;
  }

  get #capacity(): number {
    return mean(this.#calm);
  }

  async come(): Promise<void> {
    const { calm, flood: milliseconds } = this.#lengths;
    const [alone] = await measure(this.#url, [CALM], calm);
    this.#calm.push(perSecond(alone!, calm));
    await this.#pulse.times();
    const rate = TIMES * this.#capacity;
    const [[busy], harmless] = await Promise.all([
      measure(this.#url, [CALM], calm),
      offer(this.#url, HARMLESS, { perSecond: rate, milliseconds: calm }),
    ]);
    this.#busy.push(perSecond(busy!, calm));
    this.#idle.add(await this.#pulse.times());
    this.#idle.add(harmless.times.get(400) ?? []);
    await this.#pulse.times();
    const flood = await offer(this.#url, SIGN_IN, { perSecond: rate, milliseconds });
    this.#others.push(...(await this.#pulse.times()));
    this.#flooded.push(((flood.inTime.get(201) ?? 0) * 1_000) / milliseconds);
    this.#shed.push(...(flood.times.get(503) ?? []));
    for (const status of flood.times.keys()) this.#statuses.add(status);
  }

  /** What holds on any machine, and the figures. */
  tell(report: Report): void {
    const listed = (rates: readonly number[]) => rates.map(Math.round).join(', ');
    report.figure('sign-ins a second, 4 at once', listed(this.#calm));
    report.figure('the same among as many requests for nothing', listed(this.#busy));
    report.figure('sign-ins a second in the flood', listed(this.#flooded));
    report.figure(
      'goodput, share of that among as many',
      (mean(this.#flooded) / mean(this.#busy)).toFixed(2),
    );
    report.figure('p99 ms of what is harmless, as often', this.#idle.p99);
    const shares = [0.5, 0.99].map((share) => quantile(this.#shed, share));
    report.figure('p50 / p99 ms until the others are told', shares.join(' / '));
    const unexpected = [...this.#statuses].filter((status) => status !== 201 && status !== 503);
    report.expect(unexpected.length === 0, `answers ${unexpected.join(', ')}`);
    report.expect(mean(this.#flooded) > 0, 'nobody signs in during the flood');
    report.expect(this.#shed.length > 0, 'nobody is told that too many want to sign in');
  }

  /** What needs a machine with nothing else to do: hashing takes what requests leave of the cores. */
  judge(report: Report): void {
    report.atLeast('goodput, share of 4 at once', mean(this.#flooded) / this.#capacity, LEAST_GOODPUT);
    const [shed, others] = [quantile(this.#shed, 0.99), quantile(this.#others, 0.99)];
    report.atMost('p99 ms until the others are told', shed, this.#idle.boundOf(LONGEST_SHED));
    report.atMost('p99 ms of another route', others, this.#idle.boundOf(LONGEST_OTHER));
  }
}

function perSecond(times: Times, milliseconds: number): number {
  return ((times.get(201)?.length ?? 0) * 1_000) / milliseconds;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
