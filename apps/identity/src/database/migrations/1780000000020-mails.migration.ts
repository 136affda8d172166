import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { Columns } from '../columns.js';

export class Mails1780000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const columns = new Columns(runner);
    await runner.createTable(
      new Table({
        name: 'mails',
        columns: [
          columns.primaryId(),
          columns.text('template', 64),
          columns.text('locale', 16),
          columns.text('recipient', 254, { isNullable: true }),
          columns.id('user_id', { isNullable: true }),
          columns.longText('sealed_link', { isNullable: true }),
          columns.time('created_at'),
          columns.integer('attempts'),
          columns.time('next_attempt_at', { isNullable: true }),
          columns.time('sent_at', { isNullable: true }),
          columns.time('dead_at', { isNullable: true }),
        ],
        indices: [
          // What is due, the longest waiting first.
          { name: 'mails_by_next_attempt', columnNames: ['next_attempt_at'] },
          { name: 'mails_of_user', columnNames: ['user_id', 'id'] },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('mails');
  }
}
