import { Results } from '../report/results.js';
import { medianAndRange, quantile } from '../report/statistics.js';
import { IdentityProcess } from '../revocation/identity.process.js';
import { connectToLoad, GrowthServer } from './growth.server.js';
import { latenciesOf } from './latencies.js';
import { Population } from './population.js';
import { purgeUnderLoad } from './purge.js';
import { Visitors } from './visitors.js';

/** How much to grow, and how thoroughly to measure. */
export interface GrowthBenchOptions {
  /** Of the larger data; the smaller has a thousand. Refresh tokens are three times as many. */
  users: number;
  rounds: number;
  seconds: number;
}

/** One size: its data, and an identity at it. */
interface Site {
  readonly url: string;
  readonly population: Population;
  readonly identity: IdentityProcess;
  readonly visitors: Visitors;
}

const FEW = 1_000;
const KNOWN = 2_000;
const SETTINGS = { LOGIN_LIMITS: 'off', ACCESS_TOKEN_TTL: '3h' };
const OPERATIONS = ['login', 'refresh', 'listSessions'] as const;
const GOAL = 1.5;

/** What sign-in, refresh and the list of sessions cost with few users and with many, on one MariaDB. */
export async function growthBench({ users, rounds, seconds }: GrowthBenchOptions): Promise<void> {
  const results = new Results('growth');
  const server = await GrowthServer.start();
  const sites: Site[] = [];
  try {
    for (const [name, count] of Object.entries({ few: FEW, many: users })) {
      sites.push(await settle(await server.addSchema(name), count));
    }
    const [few, many] = sites as [Site, Site];
    results.table('Few users and many', await compare(few, many, { users, rounds, seconds }));
    await many.identity.stop();
    results.table('Purging under load', [await purgeUnderLoad(many, SETTINGS, seconds * rounds)]);
  } finally {
    await Promise.all(sites.map(({ identity }) => identity.stop()));
    await server.close();
  }
}

/** Migrates, fills, and starts again: what was compiled for an empty database is not what is measured. */
async function settle(url: string, users: number): Promise<Site> {
  await (await IdentityProcess.start(url, SETTINGS)).stop();
  const connection = await connectToLoad(url);
  const population = await Population.load(connection, users);
  const known = await population.knownTokens(connection, KNOWN);
  await connection.end();
  const identity = await IdentityProcess.start(url, SETTINGS);
  return { url, population, identity, visitors: await Visitors.arrive(identity, population, known) };
}

/** Both sizes take turns, so that what else the machine does meets both. */
async function compare(
  few: Site,
  many: Site,
  options: GrowthBenchOptions,
): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  for (const operation of OPERATIONS) {
    const [small, large]: [number[], number[]] = [[], []];
    const [smallTail, largeTail]: [number[], number[]] = [[], []];
    for (let round = 0; round < options.rounds; round += 1) {
      const one = await latenciesOf(() => few.visitors[operation](), options.seconds);
      const other = await latenciesOf(() => many.visitors[operation](), options.seconds);
      small.push(quantile(one, 0.5));
      large.push(quantile(other, 0.5));
      smallTail.push(quantile(one, 0.99));
      largeTail.push(quantile(other, 0.99));
    }
    const ratio = quantile(large, 0.5) / quantile(small, 0.5);
    rows.push({
      operation,
      [`ms with ${FEW.toLocaleString('en')}`]: medianAndRange(small),
      [`ms with ${options.users.toLocaleString('en')}`]: medianAndRange(large),
      ratio: ratio.toFixed(2),
      [`goal ≤ ${GOAL}`]: ratio <= GOAL ? 'held' : 'MISSED',
      'p99 ratio': (quantile(largeTail, 0.5) / quantile(smallTail, 0.5)).toFixed(2),
    });
  }
  return rows;
}
