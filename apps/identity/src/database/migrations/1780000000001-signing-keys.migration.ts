import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { Columns } from '../columns.js';

export class SigningKeys1780000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const columns = new Columns(runner);
    await runner.createTable(
      new Table({
        name: 'signing_keys',
        columns: [
          columns.text('kid', 64, { isPrimary: true }),
          columns.integer('generation', { isUnique: true }),
          columns.text('algorithm', 16),
          columns.longText('public_jwk'),
          columns.longText('sealed_private_key'),
          columns.time('created_at'),
          columns.time('activates_at', { isNullable: true }),
          columns.time('expires_at', { isNullable: true }),
          columns.time('retired_at', { isNullable: true }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('signing_keys');
  }
}
