import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { Columns } from '../columns.js';

export class ExternalIds1780000000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const columns = new Columns(runner);
    await runner.createTable(
      new Table({
        name: 'external_ids',
        columns: [
          columns.text('id', 255, { isPrimary: true }),
          columns.id('user_id'),
          columns.time('created_at'),
        ],
        foreignKeys: [
          {
            columnNames: ['user_id'],
            referencedTableName: 'users',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
          },
        ],
        indices: [{ name: 'external_ids_of_user', columnNames: ['user_id', 'id'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('external_ids');
  }
}
