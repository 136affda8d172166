import type { Fault } from './fault.ts';
import { House } from './house.ts';
import { measure, type Times } from './load.ts';
import { offer } from './offered.load.ts';
import { Pulse } from './pulse.ts';
import { boundOf, quantile, type Report } from './report.ts';

const FLOOD = 60_000;
const SHORT_FLOOD = 6_000;
/** How long is measured what identity can do. Milliseconds. */
const CALM = 5_000;
const TIMES = 10;
const LEAST_GOODPUT = 0.8;
const LONGEST_SHED = 100;
const LONGEST_OTHER = 250;

const SIGN_IN = {
  method: 'POST',
  path: '/user_token',
  body: JSON.stringify({ auth: { email: 'reader@example.com', password: 'opensesame-please' } }),
} as const;

/** F13: ten times as many people want to sign in as can, for a minute. As many do as before; the others are told at once. */
export const loginTenfold: Fault = async (report, { rounds, quick }) => {
  const house = await House.open({ replicas: 1 });
  const { url } = house.replica(0);
  const pulse = new Pulse(`${url}/health/live`);
  const milliseconds = quick ? SHORT_FLOOD : FLOOD;
  try {
    for (let round = 0; round < rounds; round += 1) {
      const [calm] = await measure(url, [{ ...SIGN_IN, connections: 4 }], CALM);
      const capacity = perSecond(calm!, CALM);
      const idle = quantile(await pulse.times(), 0.99);
      const flood = await offer(url, SIGN_IN, { perSecond: TIMES * capacity, milliseconds });
      const other = quantile(await pulse.times(), 0.99);
      tell(report, { capacity, goodput: perSecond(flood, milliseconds) / capacity, flood, idle, other });
    }
  } finally {
    await pulse.stop();
    await house.close();
  }
};

interface Outcome {
  readonly capacity: number;
  readonly goodput: number;
  readonly flood: Times;
  /** The p99 of another route while there was no flood, and in it. */
  readonly idle: number;
  readonly other: number;
}

function tell(report: Report, { capacity, goodput, flood, idle, other }: Outcome): void {
  const shed = quantile(flood.get(503) ?? [], 0.99);
  const bounds = { shed: boundOf(LONGEST_SHED, idle), other: boundOf(LONGEST_OTHER, idle) };
  report.figure('sign-ins a second that go through when nobody hurries', Math.round(capacity));
  report.figure('goodput, share of that', `${goodput.toFixed(2)}, bound ${LEAST_GOODPUT}`);
  report.figure('p99 ms until the others are told', `${shed}, bound ${bounds.shed}`);
  report.figure('p99 ms of another route', `${other}, bound ${bounds.other}`);
  const unexpected = [...flood.keys()].filter((status) => status !== 201 && status !== 503);
  report.expect(unexpected.length === 0, `answers ${unexpected.join(', ')}`);
  report.expect(goodput >= LEAST_GOODPUT, `${goodput.toFixed(2)} of the sign-ins go through`);
  report.expect(shed <= bounds.shed, `who is not let in is told after ${shed} ms`);
  report.expect(other <= bounds.other, `another route takes ${other} ms`);
}

function perSecond(times: Times, milliseconds: number): number {
  return ((times.get(201)?.length ?? 0) * 1_000) / milliseconds;
}
