import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, findApps } from '@gatehouse/workspace';
import type { FaultOptions } from './fault.ts';
import { Idle } from './idle.ts';
import { Pulse } from './pulse.ts';
import { refresh } from './refresh.sessions.ts';
import { Replica } from './replica.ts';
import { quantile, type Report } from './report.ts';

const CONCURRENT = 20;
const HELD = 5_000;
const LONGEST_ANSWER = 2_000;
const LONGEST_LIVE = 50;
/** How long nothing is done but listened to what is usual, before and after. Milliseconds. */
const CALM = 1_500;

/** Another process holds the SQLite file. Who writes is told in time; everything else goes on. */
export async function sqliteLock(report: Report, { rounds, quick }: FaultOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-sqlite-'));
  const file = join(folder, 'identity.sqlite');
  const replica = await started(file);
  const other = new DatabaseSync(file);
  const pulse = new Pulse(`${replica.url}/health/live`);
  try {
    const tokens: string[] = [];
    while (tokens.length < CONCURRENT) tokens.push(await signIn(replica));
    const idle = new Idle();
    await idle.listen(pulse, CALM);
    for (let round = 0; round < rounds; round += 1) {
      other.exec('BEGIN EXCLUSIVE');
      const times = await attempts(replica, tokens, quick ? HELD / 2 : HELD, report);
      other.exec('ROLLBACK');
      const live = quantile(await pulse.times(), 0.99);
      await idle.listen(pulse, CALM);
      report.figure('answer p50 ms', quantile(times, 0.5));
      report.atMost('longest answer ms', quantile(times, 1), idle.boundOf(LONGEST_ANSWER));
      report.atMost('live p99 ms', live, idle.boundOf(LONGEST_LIVE));
      for (const [i, token] of tokens.entries()) {
        const after = await refresh(replica, token);
        report.expect(after?.status === 200, `afterwards a refresh is answered ${after?.status}`);
        tokens[i] = String(after?.body['refresh_token']);
      }
    }
  } finally {
    other.close();
    await pulse.stop();
    await replica.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function started(file: string): Promise<Replica> {
  const app = findApps().find(({ name }) => name === 'identity')!;
  const replica = new Replica(app, {
    PATH: process.env['PATH'] ?? '',
    NODE_ENV: 'test',
    LOG_LEVEL: 'error',
    LOGIN_LIMITS: 'off',
    PORT: String(await freePort()),
    DATABASE_URL: `sqlite:${file}`,
  });
  await replica.listening();
  return replica;
}

/** @returns how long each answer took, in milliseconds */
async function attempts(
  replica: Replica,
  tokens: readonly string[],
  milliseconds: number,
  report: Report,
): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + milliseconds;
  const client = async (token: string) => {
    while (performance.now() < end - LONGEST_ANSWER) {
      const answer = await refresh(replica, token);
      times.push(answer?.milliseconds ?? Number.POSITIVE_INFINITY);
      const orderly = answer?.status === 503 && answer.retryAfter !== null;
      report.expect(orderly, `a refresh is answered ${answer?.status}`);
      await sleep(50);
    }
  };
  await Promise.all(tokens.map(client));
  return times;
}

/** Signs in at the door that gives refresh tokens. */
async function signIn(replica: Replica): Promise<string> {
  const answer = await replica.post('/oauth/token', {
    grant_type: 'password',
    username: 'reader@example.com',
    password: 'opensesame-please',
  });
  if (answer?.status !== 200) throw new Error(`A sign-in was answered ${answer?.status}.`);
  return String(answer.body['refresh_token']);
}
