import { setTimeout as sleep } from 'node:timers/promises';
import { IdentityProcess } from '../revocation/identity.process.js';
import { connectToLoad } from './growth.server.js';
import { latenciesOf } from './latencies.js';
import type { Population } from './population.js';
import { Visitors } from './visitors.js';

const HOUR = 3_600_000;
const KNOWN = 500;
/** Housekeeping begins within a minute of the start. */
const BEGINS_WITHIN = 90_000;

/** Whether expired rows go as quickly as visitors make new ones, while they do. */
export async function purgeUnderLoad(
  { url, population }: { url: string; population: Population },
  settings: Record<string, string>,
  seconds: number,
): Promise<Record<string, string>> {
  const connection = await connectToLoad(url);
  const count = Math.ceil(population.users / 5);
  await population.addSessions(connection, { series: 'b', count, expireIn: -2 * HOUR });
  const known = await population.knownTokens(connection, KNOWN);
  await connection.end();
  const identity = await IdentityProcess.start(url, settings);
  try {
    const visitors = await Visitors.arrive(identity, population, known);
    await untilBegun(identity);
    const before = await purgedRows(identity);
    const begun = performance.now();
    // A sign-in makes a session, a refresh makes a refresh token: rows that are to be purged one day.
    const [logins, refreshes] = await Promise.all([
      latenciesOf(() => visitors.login(), seconds),
      latenciesOf(() => visitors.refresh(), seconds),
    ]);
    const elapsed = (performance.now() - begun) / 1_000;
    const purged = ((await purgedRows(identity)) - before) / elapsed;
    const made = (logins.length + refreshes.length) / elapsed;
    return {
      'rows made/s': made.toFixed(0),
      'rows purged/s meanwhile': purged.toFixed(0),
      'purged ÷ made': (purged / made).toFixed(2),
      'goal ≥ 1': purged >= made ? 'held' : 'MISSED',
    };
  } finally {
    await identity.stop();
  }
}

async function untilBegun(identity: IdentityProcess): Promise<void> {
  const patience = AbortSignal.timeout(BEGINS_WITHIN);
  while ((await purgedRows(identity)) === 0) {
    if (patience.aborted)
      throw new Error('nothing was purged within the time that housekeeping has to begin');
    await sleep(200);
  }
}

async function purgedRows(identity: IdentityProcess): Promise<number> {
  const text = await (await fetch(`${identity.url}/metrics`)).text();
  const counts = text.matchAll(/^identity_purged_rows_total\{.*\} (\d+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}
