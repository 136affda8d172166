import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BenchIdentity } from '../guard/bench.identity.js';
import { HttpLoad } from '../load/http.load.js';
import { PeerProcess } from '../load/peer.process.js';
import { takeTurns, type Thoroughness } from '../load/turns.js';
import { bottlenecks, type Comparison, rates, ratios } from '../report/comparison.js';
import { Results } from '../report/results.js';
import { Workplace } from '../report/workplace.js';

/** What the measured process is told. */
export interface ConsumerSettings {
  issuer: string;
  audience: string;
  articlesUrl: string;
  /** What every route answers. */
  text: string;
}

/** How thoroughly to measure. */
export interface ConsumerBenchOptions extends Thoroughness {
  readonly connections: number;
  /** How many articles are on a page. */
  readonly articles: number;
  /** How many callers take turns. */
  readonly callers: number;
}

const ROUTES = ['open', 'cached', 'uncached'];
const SERVER = new URL('./server.js', import.meta.url);

const COMPARISONS: readonly Comparison[] = [
  { name: 'cached', with: 'open' },
  { name: 'uncached', with: 'open' },
];

/** Measures a route that calls another service: with a kept answer, and without, against one that has it at hand. */
export async function consumerBench(options: ConsumerBenchOptions): Promise<void> {
  const text = JSON.stringify(Array.from({ length: options.articles }, (_, i) => articleOf(i + 1)));
  const { connections, callers, rounds, seconds } = options;
  const results = new Results('consumer');
  await Workplace.with(async (place) => {
    const identity = await BenchIdentity.start('ES256');
    place.leaveBy(async () => identity.close());
    const articles = await startArticles(text);
    place.leaveBy(async () => void articles.close());
    const { issuer, audience } = identity.settings;
    const articlesUrl = `http://127.0.0.1:${(articles.address() as AddressInfo).port}`;
    const settings: ConsumerSettings = { issuer, audience, articlesUrl, text };
    const server = await PeerProcess.start(SERVER, settings);
    place.leaveBy(() => server.stop());
    const { told, pid } = server;
    const load = await HttpLoad.of(await identity.tokens(callers), place.file('tokens'), connections);
    results.note(
      `${rounds} rounds of ${seconds} s each, interleaved, ${connections} connections by ${load.sender}; ` +
        `medians (ranges); ${callers} callers, ${text.length} bytes.`,
    );
    const contenders = ROUTES.map((name) => ({ name, pid, steps: load.on(`${told.url}/${name}`) }));
    const turns = await takeTurns(contenders, options);
    results.table('A route that calls another service', rates(turns));
    results.table('The same, compared', ratios(turns, COMPARISONS));
    for (const sentence of bottlenecks(turns)) results.note(sentence);
  });
}

async function startArticles(text: string): Promise<Server> {
  const headers = {
    'Content-Type': 'application/json',
    ETag: 'W/"1"',
    'Cache-Control': 'max-age=0, must-revalidate',
  };
  const server = createServer((_, response) => response.writeHead(200, headers).end(text));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

function articleOf(id: number): object {
  const now = '2026-11-01T08:00:00.000Z';
  return { id, title: `article ${id}`, body: 'the body of an article', created_at: now, updated_at: now };
}
