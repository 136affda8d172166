import type { QueryRunner } from 'typeorm';
import type { TransactionWork } from './database.js';

/**
 * Does `work` in a transaction on a runner of its own, which takes no statement any more once the transaction has
 * ended. What a failed `work` has left running, say beside the failed one of two statements, would otherwise come after
 * the rollback, and stay.
 *
 * @param rollBack undoes all on the runner's connection, for the reason given; called after the runner is sealed
 */
export async function sealedTransaction<T>(
  runner: QueryRunner,
  work: TransactionWork<T>,
  rollBack: (reason: unknown) => void | Promise<void>,
): Promise<T> {
  try {
    await runner.startTransaction();
    const result = await work(runner.manager);
    await runner.commitTransaction();
    seal(runner);
    return result;
  } catch (error) {
    seal(runner);
    await rollBack(error);
    throw error;
  }
}

/** Does `work`, which may send one statement: another one would be no part of the same transaction. */
export async function soleStatement<T>(runner: QueryRunner, work: TransactionWork<T>): Promise<T> {
  const query = runner.query.bind(runner) as (...statement: unknown[]) => Promise<unknown>;
  let sent = false;
  const once = (...statement: unknown[]): Promise<unknown> => {
    if (sent) return Promise.reject(new Error('More than one statement needs a transaction.'));
    sent = true;
    return query(...statement);
  };
  Object.assign(runner, { query: once });
  try {
    return await work(runner.manager);
  } finally {
    Object.assign(runner, { query });
  }
}

/** From here on the runner takes no statement: TypeORM takes it for given back. */
export function seal(runner: QueryRunner): void {
  Object.assign(runner, { isReleased: true });
}
