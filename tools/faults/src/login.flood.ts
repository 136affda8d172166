import type { FaultOptions } from './fault.ts';
import { House } from './house.ts';
import { measure, type Stream, type Times } from './load.ts';
import { quantile, type Report } from './report.ts';
import { hasWrk, requestsPerSecond } from './wrk.ts';

/** How long each thing is measured at a time, and how often in turn, since a machine is not the same all the time. */
const MILLISECONDS = 3_000;
const TURNS = 3;
const CREDENTIALS = { auth: { email: 'reader@example.com', password: 'opensesame-please' } };
const SIGN_IN: Stream = {
  method: 'POST',
  path: '/user_token',
  body: JSON.stringify(CREDENTIALS),
  connections: 64,
};

const LEAST_GOODPUT = 0.8;
const LEAST_OPEN = 0.65;

/** What was measured, turn by turn. */
interface Measured {
  /** Sign-ins a second. */
  readonly capacity: number[];
  readonly flooded: number[];
  /** Requests a second of a route that asks nobody. */
  readonly open: number[];
  readonly openFlooded: number[];
  /** How long a route takes that uses the process's thread pool, in milliseconds. */
  readonly pooled: number[];
  readonly pooledFlooded: number[];
  readonly statuses: Set<number>;
}

/** F13: 64 people sign in at once, and again. Identity signs in as many as it can, and everything else goes on. */
export async function loginFlood(report: Report, { rounds }: FaultOptions): Promise<void> {
  const house = await House.open({ replicas: 1 });
  const { url } = house.replica(0);
  try {
    const token = String((await house.replica(0).post('/user_token', CREDENTIALS))?.body['jwt']);
    for (let round = 0; round < rounds; round += 1) {
      const measured = nothingYet();
      for (let turn = 0; turn < TURNS; turn += 1) await takeTurn(url, pooledRoute(token), measured);
      tell(report, measured);
    }
  } finally {
    await house.close();
  }
}

/** Nobody keeps the token in mind: each time its signature is verified, in the process's shared thread pool. */
function pooledRoute(token: string): Stream {
  const forged = token.slice(0, -20) + (token.at(-20) === 'A' ? 'B' : 'A') + token.slice(-19);
  return { method: 'POST', path: '/oauth/revoke', body: JSON.stringify({ token: forged }), connections: 1 };
}

async function takeTurn(url: string, pooled: Stream, measured: Measured): Promise<void> {
  const run = (...streams: Stream[]) => measure(url, streams, MILLISECONDS);
  const [calm] = await run({ ...SIGN_IN, connections: 4 });
  measured.capacity.push(perSecond(calm!, 201));
  measured.open.push(await openRoute(url));
  const [[flood], openFlooded] = await Promise.all([run(SIGN_IN), openRoute(url)]);
  measured.openFlooded.push(openFlooded);
  const [pooledCalm] = await run(pooled);
  measured.pooled.push(...(pooledCalm!.get(200) ?? []));
  const [floodAlone, pooledFlooded] = await run(SIGN_IN, pooled);
  measured.flooded.push(perSecond(floodAlone!, 201));
  measured.pooledFlooded.push(...(pooledFlooded!.get(200) ?? []));
  for (const status of [...flood!.keys(), ...floodAlone!.keys()]) measured.statuses.add(status);
}

function tell(report: Report, measured: Measured): void {
  const { capacity, flooded, open, openFlooded, pooled, pooledFlooded, statuses } = measured;
  report.figure('sign-ins per second, 4 at once', capacity.join(', '));
  report.figure('sign-ins per second in the flood', flooded.join(', '));
  report.atLeast('goodput, share of 4 at once', sum(flooded) / sum(capacity), LEAST_GOODPUT);
  report.figure('open route per second, calm', open.join(', '));
  report.figure('open route per second, flooded', openFlooded.join(', '));
  report.atLeast('open route, share of its capacity', sum(openFlooded) / sum(open), LEAST_OPEN);
  const calm = Math.max(quantile(pooled, 0.99), 1);
  report.atMost(
    'route that uses the thread pool, p99 ms',
    quantile(pooledFlooded, 0.99),
    Math.ceil(3 * calm),
  );
  const unexpected = [...statuses].filter((status) => status !== 201 && status !== 503);
  report.expect(unexpected.length === 0, `answers ${unexpected.join(', ')} in the flood`);
}

/** Requests per second. What asks should take as little of the machine's cores as it can. */
async function openRoute(url: string): Promise<number> {
  if (await hasWrk()) return requestsPerSecond(`${url}/health/live`, MILLISECONDS);
  const [times] = await measure(
    url,
    [{ method: 'GET', path: '/health/live', connections: 16 }],
    MILLISECONDS,
  );
  return perSecond(times!, 200);
}

function nothingYet(): Measured {
  const lists = { capacity: [], flooded: [], open: [], openFlooded: [], pooled: [], pooledFlooded: [] };
  return { ...lists, statuses: new Set() };
}

function perSecond(times: Times, status: number): number {
  return Math.round(((times.get(status)?.length ?? 0) * 1_000) / MILLISECONDS);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
