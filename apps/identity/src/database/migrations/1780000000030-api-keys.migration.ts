import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { Columns } from '../columns.js';

export class ApiKeys1780000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const columns = new Columns(runner);
    await runner.createTable(
      new Table({
        name: 'api_keys',
        columns: [
          columns.primaryId(),
          columns.id('user_id'),
          columns.text('name', 100),
          columns.text('prefix', 16),
          columns.text('digest', 64, { isUnique: true }),
          columns.longText('scopes'),
          columns.text('sid', 64, { isUnique: true }),
          columns.time('created_at'),
          columns.time('last_used_at', { isNullable: true }),
          columns.time('expires_at', { isNullable: true }),
          columns.time('ended_at', { isNullable: true }),
        ],
        foreignKeys: [
          {
            columnNames: ['user_id'],
            referencedTableName: 'users',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
          },
        ],
        // The list of one user's keys, in order of their ids, and their end.
        indices: [{ name: 'api_keys_of_user', columnNames: ['user_id', 'ended_at', 'id'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('api_keys');
  }
}
