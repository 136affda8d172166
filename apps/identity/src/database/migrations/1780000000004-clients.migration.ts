import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { Columns } from '../columns.js';

export class Clients1780000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(clients(new Columns(runner)));
    await runner.createTable(secrets(new Columns(runner)));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('client_secrets');
    await runner.dropTable('clients');
  }
}

function clients(columns: Columns): Table {
  return new Table({
    name: 'clients',
    columns: [
      columns.primaryId(),
      columns.longText('scopes'),
      columns.longText('audiences'),
      columns.time('disabled_at', { isNullable: true }),
      columns.time('created_at'),
      columns.time('updated_at'),
    ],
  });
}

function secrets(columns: Columns): Table {
  return new Table({
    name: 'client_secrets',
    columns: [
      columns.primaryId(),
      columns.id('client_id'),
      columns.text('digest', 64),
      columns.time('created_at'),
      columns.time('expires_at', { isNullable: true }),
    ],
    foreignKeys: [
      {
        columnNames: ['client_id'],
        referencedTableName: 'clients',
        referencedColumnNames: ['id'],
        onDelete: 'CASCADE',
      },
    ],
    indices: [{ name: 'client_secrets_of_client', columnNames: ['client_id', 'id'] }],
  });
}
