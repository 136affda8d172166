import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '@gatehouse/workspace';
import type { FaultOptions } from './fault.ts';
import { House } from './house.ts';
import { Pulse } from './pulse.ts';
import { openSession, refresh } from './refresh.sessions.ts';
import type { Answer } from './replica.ts';
import { boundOf, quantile, type Report } from './report.ts';

const CLIENTS = 300;
const MILLISECONDS = 8_000;
const LONGEST_ANSWER = 2_000;
const LONGEST_SHED = 100;
const LONGEST_RECOVERY = 1_000;
/** The share of those who get a connection, or are let in to find out whether there is one: not the excess. */
const TRYING = 0.05;
/** Until then, those who came first find out. Milliseconds. */
const ONSET = 1_500;

/** F3: every statement about sessions takes longer than anybody waits. Those who cannot be served are told at once. */
export async function poolExhaustion(report: Report, { rounds, seed, quick }: FaultOptions): Promise<void> {
  const house = await House.open({ replicas: 1 });
  const connection = await house.connect();
  const pulse = new Pulse(`${house.replica(0).url}/health/live`);
  const { refreshToken } = await openSession(connection);
  const random = new Random(seed);
  try {
    await sleep(1_000);
    const calm = quantile(await pulse.times(), 0.99);
    for (let round = 0; round < rounds; round += 1) {
      await connection.query('LOCK TABLES refresh_tokens WRITE, sessions WRITE');
      const answers = await crowd(house, refreshToken, random, quick ? MILLISECONDS / 2 : MILLISECONDS);
      const live = quantile(await pulse.times(), 0.99);
      await connection.query('UNLOCK TABLES');
      tell(report, answers, boundOf(LONGEST_SHED, calm));
      report.figure('live p99 ms', `${live}, bound ${boundOf(LONGEST_SHED, calm)}`);
      report.expect(live <= boundOf(LONGEST_SHED, calm), `the p99 of /health/live is ${live} ms`);
      await expectRecovery(house, refreshToken, report);
    }
  } finally {
    await pulse.stop();
    await connection.end();
    await house.close();
  }
}

async function crowd(house: House, token: string, random: Random, milliseconds: number): Promise<Answer[]> {
  const answers: Answer[] = [];
  const start = performance.now() + ONSET;
  const end = start + milliseconds;
  const client = async () => {
    while (performance.now() < end) {
      const isEarly = performance.now() < start;
      const answer = await refresh(house.replica(0), token);
      if (answer && !isEarly) answers.push(answer);
      await sleep(random.between(200, 600));
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return answers;
}

function tell(report: Report, answers: readonly Answer[], bound: number): void {
  const disorderly = answers.filter(({ status, retryAfter }) => status !== 503 || retryAfter === null);
  report.expect(disorderly.length === 0, `${disorderly.length} answers are no 503 with Retry-After`);
  const times = answers.map(({ milliseconds }) => milliseconds);
  const excess = times
    .toSorted((one, other) => one - other)
    .slice(0, Math.floor((1 - TRYING) * times.length));
  report.figure(
    'shed, p50 / p99 / longest ms of the excess',
    `${[0.5, 0.99, 1].map((share) => quantile(excess, share)).join(' / ')}, bound ${bound}`,
  );
  report.figure('longest of all ms', `${quantile(times, 1)} of ${times.length}, bound ${LONGEST_ANSWER}`);
  report.expect(quantile(excess, 0.99) <= bound, `the excess is told after ${quantile(excess, 0.99)} ms`);
  report.expect(quantile(times, 1) <= LONGEST_ANSWER, `an answer took ${quantile(times, 1)} ms`);
}

async function expectRecovery(house: House, token: string, report: Report): Promise<void> {
  const start = performance.now();
  while ((await refresh(house.replica(0), token))?.status !== 200) {
    if (performance.now() - start > 10 * LONGEST_RECOVERY) break;
  }
  const taken = Math.round(performance.now() - start);
  report.figure('recovered after ms', `${taken}, bound ${LONGEST_RECOVERY}`);
  report.expect(taken <= LONGEST_RECOVERY, `recovered after ${taken} ms`);
}
