import { setTimeout as sleep } from 'node:timers/promises';
import { Unavailable } from '@gatehouse/contracts';

const TRIES = 30;
/** Milliseconds. All tries together take less than a mail is claimed for. */
const PAUSE = 1_000;

/** Does what must not be left undone only because the database is away for a moment. */
export async function persistently(work: () => Promise<void>): Promise<void> {
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (left === 0 || !(error instanceof Unavailable)) throw error;
      await sleep(PAUSE);
    }
  }
}
