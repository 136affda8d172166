import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryRunner } from 'typeorm';
import { isBusy } from './database.errors.js';

/** Between two looks, in milliseconds. */
const INTERVAL = 10;

/**
 * Tries something until no other process is in its way, while this one goes on with everything else: SQLite's own busy
 * timeout would stop all of it. A statement that found the file busy has done nothing.
 *
 * @param deadline in the time of `performance.now()`
 */
export async function patiently<T>(attempt: () => T | Promise<T>, deadline: number): Promise<T> {
  for (; ; await sleep(INTERVAL)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
    }
  }
}

/**
 * Has a runner of SQLite wait for other processes.
 *
 * @param waitsUntil asked at each statement, in the time of `performance.now()`
 */
export function waitForOthers(runner: QueryRunner, waitsUntil: () => number): void {
  const query = runner.query.bind(runner) as (...statement: unknown[]) => Promise<unknown>;
  const patient = (...statement: unknown[]) => patiently(() => query(...statement), waitsUntil());
  Object.assign(runner, { query: patient });
}
