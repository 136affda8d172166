import { House } from './house.ts';
import { measure, type Stream, type Times } from './load.ts';
import { quantile, type Report } from './report.ts';
import { hasWrk, requestsPerSecond } from './wrk.ts';

const MILLISECONDS = 6_000;
const CREDENTIALS = { auth: { email: 'reader@example.com', password: 'opensesame-please' } };

/** F13: 64 people sign in at once, and again. Identity signs in as many as it can, and everything else goes on. */
export async function loginFlood(report: Report, { rounds }: { rounds: number }): Promise<void> {
  const house = await House.open({ replicas: 1 });
  const signIn: Stream = {
    method: 'POST',
    path: '/user_token',
    body: JSON.stringify(CREDENTIALS),
    connections: 64,
  };
  try {
    const token = String((await house.replica(0).post('/user_token', CREDENTIALS))?.body['jwt']);
    // Nobody keeps it in mind: each time its signature is verified, in the process's shared thread pool.
    const forged = token.slice(0, -20) + (token.at(-20) === 'A' ? 'B' : 'A') + token.slice(-19);
    const body = JSON.stringify({ token: forged });
    const pooled: Stream = { method: 'POST', path: '/oauth/revoke', body, connections: 1 };
    for (let round = 0; round < rounds; round += 1) {
      const { url } = house.replica(0);
      const run = (...streams: Stream[]) => measure(url, streams, MILLISECONDS);
      const [capacity] = await run({ ...signIn, connections: 4 });
      const openCalm = await openRoute(url);
      const [[flood], openFlooded] = await Promise.all([run(signIn), openRoute(url)]);
      const [pooledCalm] = await run(pooled);
      const [floodAlone, pooledFlooded] = await run(signIn, pooled);
      tellSignIns(report, capacity!, flood!);
      tellGoodput(report, capacity!, floodAlone!);
      tellOpenRoute(report, openCalm, openFlooded);
      tellPooledRoute(report, pooledCalm!, pooledFlooded!);
    }
  } finally {
    await house.close();
  }
}

function tellSignIns(report: Report, capacity: Times, flood: Times): void {
  const shed = flood.get(503) ?? [];
  report.figure('sign-ins per second, 4 at once', perSecond(capacity, 201));
  report.figure('sign-ins per second in the flood', perSecond(flood, 201));
  report.figure('sign-in p50 / p99 ms in the flood', quantiles(flood.get(201) ?? []));
  report.figure('shed, and their p99 ms', `${shed.length}, ${shed.length > 0 ? quantile(shed, 0.99) : '–'}`);
  const statuses = [...flood.keys()].filter((status) => status !== 201 && status !== 503);
  report.expect(statuses.length === 0, `answers ${statuses.join(', ')} in the flood`);
}

/** Nobody gains by trying more often, and nobody loses: identity goes on at its pace. */
function tellGoodput(report: Report, capacity: Times, flood: Times): void {
  const goodput = perSecond(flood, 201) / perSecond(capacity, 201);
  report.figure('goodput of a flood with the machine to itself, share of 4 at once', goodput.toFixed(2));
  report.expect(goodput >= 0.8, `in a flood ${goodput.toFixed(2)} of the sign-ins go through`);
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

function tellOpenRoute(report: Report, calm: number, flooded: number): void {
  const ratio = flooded / calm;
  report.figure('open route per second, calm / flooded', `${calm} / ${flooded}`);
  report.figure('open route, share of its capacity', ratio.toFixed(2));
  report.expect(ratio >= 0.65, `the open route keeps ${ratio.toFixed(2)} of its capacity`);
}

function tellPooledRoute(report: Report, calm: Times, flooded: Times): void {
  const [before, after] = [quantile(calm.get(200) ?? [], 0.99), quantile(flooded.get(200) ?? [], 0.99)];
  report.figure('route that uses the thread pool, p50 / p99 ms, calm', quantiles(calm.get(200) ?? []));
  report.figure('route that uses the thread pool, p50 / p99 ms, flooded', quantiles(flooded.get(200) ?? []));
  report.expect(after <= 3 * Math.max(before, 1), `its p99 goes from ${before} to ${after} ms`);
}

function perSecond(times: Times, status: number): number {
  return Math.round(((times.get(status)?.length ?? 0) * 1_000) / MILLISECONDS);
}

function quantiles(times: readonly number[]): string {
  return `${quantile(times, 0.5)} / ${quantile(times, 0.99)}`;
}
