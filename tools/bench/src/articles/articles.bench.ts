import { GrowthServer } from '../growth/growth.server.js';
import type { Step } from '../load/closed.loop.js';
import { HttpLoad } from '../load/http.load.js';
import { PeerProcess } from '../load/peer.process.js';
import { type Contender, takeTurns, type Thoroughness } from '../load/turns.js';
import { bottlenecks, type Comparison, rates, ratios } from '../report/comparison.js';
import { Results } from '../report/results.js';
import { Workplace } from '../report/workplace.js';
import { IdentityProcess } from '../revocation/identity.process.js';
import { type ArticlesSite, articlesSite, readersToken } from './articles.site.js';
import type { BareSettings } from './bare.server.js';
import { type RawArticles, rawArticles } from './raw.articles.js';

/** How thoroughly to measure. */
export interface ArticlesBenchOptions extends Thoroughness {
  readonly connections: number;
}

/** What is asked for: the address, and the query behind it. */
interface Operation {
  readonly title: string;
  readonly path: string;
  readonly query: (raw: RawArticles) => Promise<unknown>;
}

/** A contender of whom any operation can be asked. */
interface Server {
  readonly name: string;
  readonly pid?: number;
  readonly steps: (operation: Operation) => Contender['steps'];
}

const OPERATIONS: readonly Operation[] = [
  { title: 'A page of fifty', path: '/articles', query: (raw) => raw.page(50) },
  { title: 'A page of two', path: '/articles?limit=2', query: (raw) => raw.page(2) },
  { title: 'One article', path: '/articles/1', query: (raw) => raw.one(1) },
];

const BARE = new URL('./bare.server.js', import.meta.url);
const QUERIES_AT_ONCE = 10;

const COMPARISONS: readonly Comparison[] = ['SQLite', 'MariaDB'].flatMap((database) => [
  { name: database, with: 'bare route' },
  { name: database, with: `bare route, ${database} query` },
  { name: database, with: `${database} query alone` },
]);

/** The guarded list and read of articles: beside a bare route, beside one with the bare query, and the query alone. */
export async function articlesBench({ connections, ...how }: ArticlesBenchOptions): Promise<void> {
  const results = new Results('articles');
  await Workplace.with(async (place) => {
    const identity = await IdentityProcess.start(place.sqliteUrl('identity'));
    place.leaveBy(() => identity.stop());
    const token = await readersToken(identity);
    const load = await HttpLoad.of([token], place.file('token'), connections);
    results.note(
      `${how.rounds} rounds of ${how.seconds} s each, interleaved, ${connections} connections by ${load.sender}, one token; ` +
        'medians (ranges). Queries alone: ten at once.',
    );
    const mariadb = await GrowthServer.start();
    place.leaveBy(() => mariadb.close());
    const start = (databaseUrl: string): Promise<ArticlesSite> =>
      articlesSite(place, { identity, token, databaseUrl });
    const sites = {
      SQLite: await start(place.sqliteUrl('articles')),
      MariaDB: await start(await mariadb.addSchema('articles')),
    };
    const servers = await serversOf(place, sites, load);
    for (const operation of OPERATIONS) {
      const contenders = servers.map(({ steps, ...server }) => ({ ...server, steps: steps(operation) }));
      const turns = await takeTurns(contenders, how);
      results.table(operation.title, rates(turns));
      results.table(`${operation.title}, compared`, ratios(turns, COMPARISONS));
      for (const sentence of bottlenecks(turns)) results.note(sentence);
    }
  });
}

async function serversOf(
  place: Workplace,
  sites: Readonly<Record<string, ArticlesSite>>,
  load: HttpLoad,
): Promise<Server[]> {
  const guarded = Object.entries(sites).map(([name, { url, pid }]) => overHttp(name, { url, pid }, load));
  const bare = async (name: string, settings: BareSettings): Promise<Server> => {
    const server = await PeerProcess.start(BARE, settings);
    place.leaveBy(() => server.stop());
    return overHttp(name, { url: server.told.url, pid: server.pid }, load);
  };
  const queried = Object.entries(sites).map(async ([name, { databaseUrl }]) => [
    await bare(`bare route, ${name} query`, { databaseUrl, atHand: false }),
    queriesAlone(place, `${name} query alone`, databaseUrl),
  ]);
  const atHand = await bare('bare route', { databaseUrl: sites['SQLite']!.databaseUrl, atHand: true });
  return [...guarded, atHand, ...(await Promise.all(queried)).flat()];
}

function overHttp(name: string, { url, pid }: { url: string; pid: number }, load: HttpLoad): Server {
  return { name, pid, steps: ({ path }) => load.on(`${url}${path}`) };
}

function queriesAlone(place: Workplace, name: string, databaseUrl: string): Server {
  const raw = rawArticles(databaseUrl);
  place.leaveBy(() => raw.close());
  const steps = ({ query }: Operation): Step[] =>
    Array.from({ length: QUERIES_AT_ONCE }, () => async () => void (await query(raw)));
  return { name, steps };
}
