import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { Columns } from '../columns.js';

export class RefreshTokens1780000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const columns = new Columns(runner);
    await runner.createTable(
      new Table({
        name: 'refresh_tokens',
        columns: [
          columns.text('digest', 64, { isPrimary: true }),
          columns.id('session_id'),
          columns.time('created_at'),
          columns.time('spent_at', { isNullable: true }),
        ],
        foreignKeys: [
          {
            columnNames: ['session_id'],
            referencedTableName: 'sessions',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
          },
        ],
        indices: [{ name: 'refresh_tokens_of_session', columnNames: ['session_id'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('refresh_tokens');
  }
}
