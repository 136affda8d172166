import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Results } from '../report/results.js';
import { IdentityProcess } from './identity.process.js';
import { addLiveEntries } from './live.entries.js';
import { machineTime } from './machine.time.js';
import { Receivers } from './receivers.js';

/** How thoroughly to measure. */
export interface RevocationBenchOptions {
  /** Numbers of guards. */
  guards: number[];
  revocations: number;
  /** Where two replicas of identity keep their data; a SQLite file where it is not given. */
  databaseUrl?: string | undefined;
}

/** Both benches of revocation. */
export async function revocationBenches(
  options: RevocationBenchOptions & { /** How many live revocations a guard has to know. */ entries: number },
): Promise<void> {
  const results = new Results('revocation');
  await revocationBench(options, results);
  await revocationMemory(options.entries, results);
}

/** What it costs a guard to know that many revocations, from a snapshot. */
async function revocationMemory(entries: number, results: Results): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
  const file = join(folder, 'identity.sqlite');
  await (await IdentityProcess.start(`sqlite:${file}`)).stop();
  addLiveEntries(file, entries);
  const start = machineTime();
  const identity = await IdentityProcess.start(`sqlite:${file}`);
  const started = (machineTime() - start) / 1_000;
  const receivers = await Receivers.start(identity.url, 1);
  const [{ seconds, megabytes }] = receivers.starts as [{ seconds: number; megabytes: number }];
  const row = {
    'live revocations': entries,
    'start of identity': `${started.toFixed(1)} s`,
    'start of a guard': `${seconds.toFixed(1)} s`,
    'its resident memory': `+${megabytes.toFixed(0)} MB`,
  };
  results.table('Live revocations in memory', [row]);
  await receivers.stop();
  await identity.stop();
  await rm(folder, { recursive: true });
}

/**
 * How long it takes until every guard refuses what was revoked: from before the revocation was asked for, at the
 * replica the guards follow and at another one on the same database.
 */
async function revocationBench(options: RevocationBenchOptions, results: Results): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
  const databaseUrl = options.databaseUrl ?? `sqlite:${join(folder, 'identity.sqlite')}`;
  const followed = await IdentityProcess.start(databaseUrl);
  const other = await IdentityProcess.start(databaseUrl);
  const rows: Record<string, string | number>[] = [];
  for (const count of options.guards) {
    const receivers = await Receivers.start(followed.url, count);
    for (const [where, identity] of Object.entries({ 'the same': followed, another: other })) {
      const latencies = await measure(identity, receivers, options.revocations);
      rows.push({ guards: count, 'revoked at': `${where} replica`, ...percentiles(latencies) });
    }
    await receivers.stop();
  }
  results.table('Until every guard refuses what was revoked', rows);
  await Promise.all([followed.stop(), other.stop()]);
  await rm(folder, { recursive: true });
}

async function measure(identity: IdentityProcess, receivers: Receivers, times: number): Promise<number[]> {
  const latencies: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    // At no fixed rhythm: it might beat with the one in which replicas look at the database.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 100));
    const seen = receivers.see();
    const { askedAt } = await identity.revokeToken();
    for (const at of await seen) latencies.push(at - askedAt);
  }
  return latencies;
}

function percentiles(values: number[]): Record<string, string> {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): string => `${sorted[Math.ceil(share * sorted.length) - 1]!.toFixed(1)} ms`;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
