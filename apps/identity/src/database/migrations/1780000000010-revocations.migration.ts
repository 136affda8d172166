import { Table, TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { Columns } from '../columns.js';

export class Revocations1780000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(revocations(runner));
    await runner.createTable(feed(new Columns(runner)));
    const [started] = (await runner.query('SELECT id FROM revocation_feed')) as unknown[];
    if (started) return;
    // A new log starts where no earlier one can have been: guards that followed that one will notice.
    const now = Date.now();
    await runner.query(`INSERT INTO revocation_feed (id, origin, position) VALUES (1, ${now}, ${now})`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('revocation_feed');
    await runner.dropTable('revocations');
  }
}

function revocations(runner: QueryRunner): Table {
  const columns = new Columns(runner);
  return new Table({
    name: 'revocations',
    columns: [
      serial(runner),
      wholeNumber('position', { isNullable: true }),
      columns.text('kind', 16),
      columns.text('revoked_id', 255),
      wholeNumber('issued_until', { isNullable: true }),
      wholeNumber('expires_at'),
      columns.time('created_at'),
    ],
    indices: [
      // The feed in order, and what has no place in it yet.
      { name: 'revocations_by_position', columnNames: ['position'], isUnique: true },
      // What may be purged.
      { name: 'revocations_by_expiry', columnNames: ['expires_at'] },
    ],
  });
}

function feed(columns: Columns): Table {
  return new Table({
    name: 'revocation_feed',
    columns: [columns.integer('id', { isPrimary: true }), wholeNumber('origin'), wholeNumber('position')],
  });
}

/** SQLite counts up in columns of the type `integer` alone, which has 64 bits there. */
function serial(runner: QueryRunner): TableColumn {
  const type = runner.connection.options.type === 'mysql' ? 'bigint' : 'integer';
  return new TableColumn({
    name: 'id',
    type,
    isPrimary: true,
    isGenerated: true,
    generationStrategy: 'increment',
  });
}

function wholeNumber(name: string, options: { isNullable?: boolean } = {}): TableColumn {
  return new TableColumn({ name, type: 'bigint', ...options });
}
