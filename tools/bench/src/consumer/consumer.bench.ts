import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchIdentity } from '../guard/bench.identity.js';
import { MeasuredServer } from '../guard/measured.server.js';
import { type Measurement, summaryOf } from '../guard/summary.js';
import { autocannonLoad } from '../load/autocannon.load.js';
import { hasWrk, wrkLoad } from '../load/wrk.load.js';
import { Results } from '../report/results.js';

/** What the measured process is told. */
export interface ConsumerSettings {
  issuer: string;
  audience: string;
  articlesUrl: string;
  /** What every route answers. */
  text: string;
}

/** How thoroughly to measure. */
export interface ConsumerBenchOptions {
  rounds: number;
  seconds: number;
  connections: number;
  /** How many articles are on a page. */
  articles: number;
  /** How many callers take turns. */
  callers: number;
}

const ROUTES = ['open', 'cached', 'uncached'];
const SERVER = new URL('./server.js', import.meta.url);

/** Measures a route that calls another service: with a kept answer, and without, against one that has it at hand. */
export async function consumerBench(options: ConsumerBenchOptions): Promise<void> {
  const load = (await hasWrk()) ? wrkLoad : autocannonLoad;
  const text = JSON.stringify(Array.from({ length: options.articles }, (_, i) => articleOf(i + 1)));
  const { rounds, seconds, callers } = options;
  const results = new Results('consumer');
  results.note(
    `${rounds} rounds of ${seconds} s each by ${load.name}; medians; ${callers} callers, ${text.length} bytes`,
  );
  const identity = await BenchIdentity.start('ES256');
  const articles = await startArticles(text);
  const { issuer, audience } = identity.settings;
  const articlesUrl = `http://127.0.0.1:${(articles.address() as AddressInfo).port}`;
  const server = await MeasuredServer.start('consumer', SERVER, { issuer, audience, articlesUrl, text });
  const measurements = await measure(server, await identity.tokens(callers), options, load);
  results.table('A route that calls another service', summaryOf(measurements));
  await server.stop();
  articles.close();
  identity.close();
}

async function measure(
  server: MeasuredServer,
  tokens: string[],
  { rounds, seconds, connections }: ConsumerBenchOptions,
  send: typeof wrkLoad,
): Promise<Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
  const file = join(folder, 'tokens');
  await writeFile(file, `${tokens.join('\n')}\n`);
  const measurements: Measurement[] = [];
  // The first round warms up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const subject of ROUTES) {
      const before = await server.cpuTime();
      const result = await send({
        url: `${server.url}/${subject}`,
        tokens: file,
        offset: 0,
        connections,
        seconds,
      });
      const cpu = ((await server.cpuTime()) - before) / result.requests;
      if (round > 0) measurements.push({ subject, round, cpu, ...result });
    }
  }
  await rm(folder, { recursive: true });
  return measurements;
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
