import type { QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';

/**
 * A runner that passes over what is there already. MySQL commits each change of a table by itself, so a migration whose
 * process was killed has left some of its steps behind; when it runs again, it goes on with the next one.
 */
export function resumable(runner: QueryRunner): QueryRunner {
  const steps: Partial<QueryRunner> = {
    createTable: (table, _, foreignKeys, indices) => runner.createTable(table, true, foreignKeys, indices),
    async addColumn(table, column) {
      if (!(await runner.hasColumn(table, column.name))) await runner.addColumn(table, column);
    },
    async addColumns(table, columns) {
      for (const column of columns) await steps.addColumn!(table, column);
    },
    async createIndex(table, index) {
      if (!(await hasIndex(runner, table, index))) await runner.createIndex(table, index);
    },
    async createIndices(table, indices) {
      for (const index of indices) await steps.createIndex!(table, index);
    },
    async dropColumn(table, column: TableColumn | string) {
      if (await runner.hasColumn(table, typeof column === 'string' ? column : column.name))
        await runner.dropColumn(table, column);
    },
    dropTable: (table, _, foreignKeys, indices) => runner.dropTable(table, true, foreignKeys, indices),
  };
  return new Proxy(runner, {
    get(target, property) {
      const step: unknown = Reflect.get(steps, property) ?? Reflect.get(target, property, target);
      return typeof step === 'function' ? (step.bind(target) as unknown) : step;
    },
  });
}

async function hasIndex(runner: QueryRunner, table: Table | string, { name }: TableIndex): Promise<boolean> {
  const found = await runner.getTable(typeof table === 'string' ? table : table.name);
  return found?.indices.some((index) => index.name === name) ?? false;
}
