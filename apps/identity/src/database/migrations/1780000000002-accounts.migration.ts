import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { Columns } from '../columns.js';

export class Accounts1780000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(users(new Columns(runner)));
    await runner.createTable(sessions(new Columns(runner)));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('sessions');
    await runner.dropTable('users');
  }
}

function users(columns: Columns): Table {
  return new Table({
    name: 'users',
    columns: [
      columns.primaryId(),
      columns.text('email', 254, { isUnique: true }),
      columns.text('password_digest', 255, { isNullable: true }),
      columns.flag('password_reset_required'),
      columns.longText('roles'),
      columns.text('locale', 16),
      columns.time('email_confirmed_at', { isNullable: true }),
      columns.time('disabled_at', { isNullable: true }),
      columns.time('last_sign_in_at', { isNullable: true }),
      columns.time('created_at'),
      columns.time('updated_at'),
    ],
  });
}

function sessions(columns: Columns): Table {
  return new Table({
    name: 'sessions',
    columns: [
      columns.primaryId(),
      columns.id('user_id'),
      columns.id('client_id'),
      columns.text('scope', 1000),
      columns.text('device', 255, { isNullable: true }),
      columns.text('device_token', 255, { isNullable: true }),
      columns.text('address', 64),
      columns.time('created_at'),
      columns.time('last_used_at'),
      columns.time('idle_expires_at'),
      columns.time('expires_at'),
      columns.time('tokens_expire_at'),
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
    indices: [
      // The list of one user's live sessions, in order of their ids, and their end.
      { name: 'sessions_of_user', columnNames: ['user_id', 'ended_at', 'id'] },
      // The end of a client.
      { name: 'sessions_of_client', columnNames: ['client_id', 'ended_at'] },
    ],
  });
}
