import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryRunner } from 'typeorm';
import { isBusy } from './database.errors.js';

/** Between two looks, in milliseconds. */
const INTERVAL = 10;

/**
 * Has a runner of SQLite wait for other processes, while this one goes on with everything else: SQLite's own busy timeout would
 * stop all of it. A statement that found the file busy has done nothing.
 *
 * @param waitsUntil asked at each statement, in the time of `performance.now()`
 */
export function waitForOthers(runner: QueryRunner, waitsUntil: () => number): void {
  const query = runner.query.bind(runner) as (...statement: unknown[]) => Promise<unknown>;
  const patient = async (...statement: unknown[]): Promise<unknown> => {
    for (const deadline = waitsUntil(); ; await sleep(INTERVAL)) {
      try {
        return await query(...statement);
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw error;
      }
    }
  };
  Object.assign(runner, { query: patient });
}
