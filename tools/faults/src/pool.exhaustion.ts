import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '@gatehouse/workspace';
import type { FaultOptions } from './fault.ts';
import { type Callers, listenUnderHarmlessLoad } from './harmless.load.ts';
import { House } from './house.ts';
import { Idle } from './idle.ts';
import { Pulse } from './pulse.ts';
import { openSession, refresh } from './refresh.sessions.ts';
import type { Answer } from './replica.ts';
import { quantile, type Report } from './report.ts';

const CLIENTS = 300;
const FEWER = 100;
const MILLISECONDS = 8_000;
const LONGEST_ANSWER = 2_000;
const LONGEST_SHED = 100;
const LONGEST_RECOVERY = 1_000;
/** How long is listened to what is usual, before and after. Milliseconds. */
const CALM = 1_500;
/**
 * How many a second are not the excess: who has one of ten connections, for a second or a little more, and as many who
 * are let in to find out whether there is one.
 */
const TRYING = 20;
/** Until then, those who came first find out. Milliseconds. */
const ONSET = 1_500;

/** F3: every statement about sessions takes longer than anybody waits. Those who cannot be served are told at once. */
export async function poolExhaustion(report: Report, { rounds, seed, quick }: FaultOptions): Promise<void> {
  const house = await House.open({ replicas: 1 });
  const connection = await house.connect();
  const pulse = new Pulse(`${house.replica(0).url}/health/live`);
  const { refreshToken } = await openSession(connection);
  const random = new Random(seed);
  const milliseconds = quick ? MILLISECONDS / 2 : MILLISECONDS;
  try {
    const idle = new Idle();
    const callers = { count: quick ? FEWER : CLIENTS, pause: () => random.between(200, 600) };
    const listen = () =>
      listenUnderHarmlessLoad(house.replica(0), callers, { idle, pulse, milliseconds: CALM });
    await listen();
    for (let round = 0; round < rounds; round += 1) {
      await connection.query('LOCK TABLES refresh_tokens WRITE, sessions WRITE');
      const answers = await crowd(house, refreshToken, callers, milliseconds);
      const live = quantile(await pulse.times(), 0.99);
      await connection.query('UNLOCK TABLES');
      const recovered = await recovery(house, refreshToken);
      await listen();
      tell(report, answers, { idle, milliseconds });
      report.atMost('live p99 ms', live, idle.boundOf(LONGEST_SHED));
      report.atMost('recovered after ms', recovered, idle.boundOf(LONGEST_RECOVERY));
    }
  } finally {
    await pulse.stop();
    await connection.end();
    await house.close();
  }
}

async function crowd(
  house: House,
  token: string,
  { count, pause }: Callers,
  milliseconds: number,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const start = performance.now() + ONSET;
  const end = start + milliseconds;
  const client = async () => {
    while (performance.now() < end) {
      const isEarly = performance.now() < start;
      const answer = await refresh(house.replica(0), token);
      if (answer && !isEarly) answers.push(answer);
      await sleep(pause());
    }
  };
  await Promise.all(Array.from({ length: count }, client));
  return answers;
}

function tell(
  report: Report,
  answers: readonly Answer[],
  { idle, milliseconds }: { idle: Idle; milliseconds: number },
): void {
  const disorderly = answers.filter(({ status, retryAfter }) => status !== 503 || retryAfter === null);
  report.expect(disorderly.length === 0, `${disorderly.length} answers are no 503 with Retry-After`);
  const times = answers.map(({ milliseconds }) => milliseconds);
  const trying = Math.ceil((TRYING * milliseconds) / 1_000);
  const excess = times.toSorted((one, other) => one - other).slice(0, -trying);
  report.figure('answers, all of them 503', times.length);
  report.figure(
    'p50 / longest ms of the excess',
    [0.5, 1].map((share) => quantile(excess, share)).join(' / '),
  );
  report.atMost('the excess is told, p99 ms', quantile(excess, 0.99), idle.boundOf(LONGEST_SHED));
  report.atMost('longest answer ms', quantile(times, 1), idle.boundOf(LONGEST_ANSWER));
}

async function recovery(house: House, token: string): Promise<number> {
  const start = performance.now();
  while ((await refresh(house.replica(0), token))?.status !== 200) {
    if (performance.now() - start > 10 * LONGEST_RECOVERY) break;
  }
  return performance.now() - start;
}
