import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { Columns } from '../columns.js';

/** What may be purged. */
const SESSION_EXPIRIES = new TableIndex({
  name: 'sessions_by_idle_expiry',
  columnNames: ['idle_expires_at'],
});
const KEY_ENDS = new TableIndex({ name: 'api_keys_by_end', columnNames: ['ended_at'] });
const KEY_EXPIRIES = new TableIndex({ name: 'api_keys_by_expiry', columnNames: ['expires_at'] });

export class Housekeeping1780000000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const columns = new Columns(runner);
    await runner.createTable(
      new Table({
        name: 'scheduled_tasks',
        columns: [
          columns.text('name', 64, { isPrimary: true }),
          columns.id('holder'),
          columns.time('free_at'),
        ],
      }),
    );
    await runner.createIndex('sessions', SESSION_EXPIRIES);
    await runner.createIndex('api_keys', KEY_ENDS);
    await runner.createIndex('api_keys', KEY_EXPIRIES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('api_keys', KEY_EXPIRIES);
    await runner.dropIndex('api_keys', KEY_ENDS);
    await runner.dropIndex('sessions', SESSION_EXPIRIES);
    await runner.dropTable('scheduled_tasks');
  }
}
