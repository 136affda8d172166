import type { Connection, QueryError } from 'mysql2';
import { stands } from './standing.statements.js';

type Send = (sql: string, values: unknown[] | undefined, done: Done) => unknown;
type Done = (error: QueryError | null, answer: unknown) => void;

/**
 * Gives a connection the one promise that TypeORM asks for with each statement, where mysql2 would make a new wrapper
 * each time; and has the server keep prepared what stands as it is written.
 */
export function promiseOnce(connection: Connection): void {
  const { query, execute } = connection as unknown as Record<'query' | 'execute', Send>;
  const promised = {
    query: (sql: string, values?: unknown[]) =>
      new Promise<[unknown]>((resolve, reject) => {
        const done: Done = (error, answer) => (error ? reject(error) : resolve([answer]));
        (stands(sql) ? execute : query).call(connection, sql, values, done);
      }),
  };
  Object.assign(connection, { promise: () => promised });
}
