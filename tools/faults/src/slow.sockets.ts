import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '@gatehouse/workspace';
import type { FaultOptions } from './fault.ts';
import { House } from './house.ts';
import { Idle } from './idle.ts';
import { Pulse } from './pulse.ts';
import { quantile, type Report } from './report.ts';
import { type Slowness, SlowSocket } from './slow.socket.ts';

const SOCKETS = 5_000;
const FEWER = 600;
const LONGEST_OPEN = 15_000;
const LONGEST_OTHERS = 100;
/** How long nothing is done but listened to what is usual, before and after. Milliseconds. */
const CALM = 2_000;
/** One in so many reads no answers; half of the others never end a header, and half a body. */
const READERS = 25;
/** More than what the buffers between the two take. */
const LONG_ANSWER = '/docs/swagger-ui-bundle.js';

/** F10: thousands send a byte now and then, or read nothing. They are cut off in time, and nobody else notices. */
export async function slowSockets(report: Report, { rounds, seed, quick }: FaultOptions): Promise<void> {
  const random = new Random(seed);
  const house = await House.open({ replicas: 1 });
  const pulse = new Pulse(`${house.replica(0).url}/.well-known/jwks.json`);
  try {
    const idle = new Idle();
    await idle.listen(pulse, CALM);
    for (let round = 0; round < rounds; round += 1) {
      const sockets = await open(house, quick ? FEWER : SOCKETS, random);
      await closed(sockets);
      const times = await pulse.times();
      await idle.listen(pulse, CALM);
      tellSockets(report, sockets, idle);
      report.figure('others, longest ms', quantile(times, 1));
      report.atMost('others, p99 ms', quantile(times, 0.99), idle.boundOf(LONGEST_OTHERS));
    }
  } finally {
    await pulse.stop();
    await house.close();
  }
}

async function open(house: House, count: number, random: Random): Promise<SlowSocket[]> {
  const port = Number(new URL(house.replica(0).url).port);
  const kinds = random.shuffled(Array.from({ length: count }, (_, i) => slownessOf(i)));
  const sockets: SlowSocket[] = [];
  for (const [i, kind] of kinds.entries()) {
    sockets.push(new SlowSocket(port, kind, LONG_ANSWER));
    if (i % 100 === 0) await sleep(20);
  }
  return sockets;
}

function slownessOf(nth: number): Slowness {
  if (nth % READERS === 0) return 'answer';
  return nth % 2 ? 'header' : 'body';
}

/** Waits until all are closed, or their time is long over. */
async function closed(sockets: readonly SlowSocket[]): Promise<void> {
  const end = performance.now() + 2 * LONGEST_OPEN;
  while (performance.now() < end && sockets.some(({ closedAfter }) => closedAfter === undefined))
    await sleep(50);
}

function tellSockets(report: Report, sockets: readonly SlowSocket[], idle: Idle): void {
  const times = sockets.map(({ closedAfter }) => closedAfter ?? Number.POSITIVE_INFINITY);
  for (const socket of sockets) socket.destroy();
  report.figure('sockets', sockets.length);
  report.figure('closed after p50 ms', quantile(times, 0.5));
  report.atMost('closed after, longest ms', quantile(times, 1), idle.boundOf(LONGEST_OPEN));
}
