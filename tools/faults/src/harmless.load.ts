import { setTimeout as sleep } from 'node:timers/promises';
import type { Idle } from './idle.ts';
import type { Pulse } from './pulse.ts';
import type { Replica } from './replica.ts';

/** So many callers, and how long each of them waits after an answer. Milliseconds. */
export interface Callers {
  readonly count: number;
  readonly pause: () => number;
}

/** Asked of identity's busiest door, and refused for what it says. */
const HARMLESS = { grant_type: 'nothing' };

/**
 * As many callers as there are in trouble, at the same pace, who want nothing that takes a database: what an answer
 * takes then is usual for a machine that is as busy, and no more.
 */
export async function listenUnderHarmlessLoad(
  replica: Replica,
  { count, pause }: Callers,
  { idle, pulse, milliseconds }: { idle: Idle; pulse: Pulse; milliseconds: number },
): Promise<void> {
  await pulse.times();
  const end = performance.now() + milliseconds;
  const caller = async () => {
    while (performance.now() < end) {
      const answer = await replica.post('/oauth/token', HARMLESS);
      if (answer?.status !== 400) throw new Error(`a harmless request was answered ${answer?.status}`);
      await sleep(pause());
    }
  };
  await Promise.all(Array.from({ length: count }, caller));
  idle.add(await pulse.times());
}
