import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { Columns } from '../columns.js';

export class OneTimeTokens1780000000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const columns = new Columns(runner);
    await runner.createTable(
      new Table({
        name: 'one_time_tokens',
        columns: [
          columns.text('digest', 64, { isPrimary: true }),
          columns.text('purpose', 16),
          columns.id('user_id'),
          columns.text('email', 254, { isNullable: true }),
          columns.time('created_at'),
          columns.time('expires_at'),
        ],
        // No foreign key: looking a user up takes longer than finding none, and that would tell who has an account.
        indices: [
          { name: 'one_time_tokens_of_user', columnNames: ['user_id'] },
          // What may be purged.
          { name: 'one_time_tokens_by_expiry', columnNames: ['expires_at'] },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('one_time_tokens');
  }
}
