import type { EntityManager } from 'typeorm';
import { stand } from './standing.statements.js';

/** A row as the driver gives it, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * Sends a query of a hot path as it stands: nothing is put together for it, and no entity made of what it finds.
 *
 * @param sql with a `?` for each value, and never a value in it; MySQL keeps it prepared. Where it joins tables, a value
 *   is better asked for by `IN (?)`: for one behind `=` SQLite plans the join anew each time
 * @returns the rows that it finds
 */
export async function rowsOf(
  manager: EntityManager,
  sql: string,
  values: readonly unknown[],
): Promise<Row[]> {
  stand(sql);
  return (await manager.query(sql, bound(manager, values))) as Row[];
}

/**
 * As {@link rowsOf}, with a statement that changes rows.
 *
 * @param manager a transaction's
 * @returns how many rows it has changed, or found to be so already
 */
export async function change(
  manager: EntityManager,
  sql: string,
  values: readonly unknown[],
): Promise<number> {
  stand(sql);
  return send(manager, sql, values);
}

/** As {@link change}, with a statement that is put together. */
export async function send(
  { queryRunner, dataSource }: EntityManager,
  sql: string,
  values: readonly unknown[],
): Promise<number> {
  if (!queryRunner)
    throw new Error('What changes rows belongs in a transaction: send it through its manager.');
  const { affected } = await queryRunner.query(sql, bound({ dataSource }, values), true);
  return affected ?? 0;
}

/** SQLite has no type for times: they are texts there, in UTC, as TypeORM writes them. */
function bound({ dataSource }: Pick<EntityManager, 'dataSource'>, values: readonly unknown[]): unknown[] {
  if (dataSource.options.type === 'mysql') return [...values];
  return values.map((value) =>
    value instanceof Date ? value.toISOString().slice(0, 23).replace('T', ' ') : value,
  );
}
