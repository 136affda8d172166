import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultOptions } from './fault.ts';
import { House } from './house.ts';
import type { Replica } from './replica.ts';
import type { Report } from './report.ts';
import { bearer } from './scene.ts';

/** Longer than the guard's clock takes to notice. Milliseconds. */
const NOTICED = 1_500;

/**
 * By how many seconds the guard's clock is off when a token first comes that was issued at the right time, for 15
 * minutes, and what becomes of it. The last one comes after a leap forwards: backwards.
 */
const SHIFTS = [
  { seconds: 0, status: 200 },
  { seconds: 30, status: 200 },
  { seconds: -30, status: 200 },
  { seconds: 300, status: 200 },
  { seconds: -300, status: 401 },
  { seconds: 17 * 60, status: 401 },
  { seconds: 0, status: 200 },
] as const;

/** F9: the clock of identity leaps, forwards and backwards. Within the skew nothing is refused; beyond, 401, never 5xx. */
export async function clockShift(report: Report, { rounds }: FaultOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-clock-'));
  const file = join(folder, 'offset');
  writeFileSync(file, '+0s');
  const house = await House.open({ replicas: 1, environment: fakedBy(file) });
  try {
    for (let round = 0; round < rounds; round += 1) {
      writeFileSync(file, '+0s');
      await sleep(NOTICED);
      const tokens: string[] = [];
      while (tokens.length < SHIFTS.length) tokens.push(await signIn(house.replica(0), report));
      for (const [i, { seconds, status }] of SHIFTS.entries()) {
        writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}s`);
        await sleep(NOTICED);
        const answer = await house.replica(0).send('/me', { headers: bearer(tokens[i]!) });
        const fresh = await house
          .replica(0)
          .send('/me', { headers: bearer(await signIn(house.replica(0), report)) });
        report.figure(
          `${seconds} s off: a token of the right time / of then`,
          `${answer?.status} / ${fresh?.status}`,
        );
        report.expect(answer?.status === status, `${seconds} s: ${answer?.status}, not ${status}`);
        report.expect(
          fresh?.status === 200,
          `${seconds} s: a token issued then is answered ${fresh?.status}`,
        );
      }
    }
  } finally {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The environment of a process whose clock is off by what a file says. Its timers go on as they were. */
function fakedBy(file: string): Record<string, string> {
  return {
    LD_PRELOAD: library(),
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
}

function library(): string {
  const found = readdirSync('/usr/lib')
    .map((folder) => `/usr/lib/${folder}/faketime/libfaketimeMT.so.1`)
    .find((path) => existsSync(path));
  if (!found) throw new Error('There is no libfaketime: install it (on Debian libfaketime), and try again.');
  return found;
}

async function signIn(replica: Replica, report: Report): Promise<string> {
  const answer = await replica.post('/oauth/token', {
    grant_type: 'password',
    username: 'reader@example.com',
    password: 'opensesame-please',
  });
  report.expect(answer?.status === 200, `a sign-in is answered ${answer?.status}`);
  return String(answer?.body['access_token']);
}
