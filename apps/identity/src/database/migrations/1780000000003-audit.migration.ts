import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { Columns } from '../columns.js';

export class Audit1780000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const columns = new Columns(runner);
    await runner.createTable(
      new Table({
        name: 'audit_events',
        columns: [
          columns.primaryId(),
          columns.text('type', 64),
          columns.text('outcome', 16),
          columns.id('actor_id', { isNullable: true }),
          columns.id('subject_id', { isNullable: true }),
          columns.longText('details'),
          columns.text('address', 64, { isNullable: true }),
          columns.text('device', 255, { isNullable: true }),
          columns.text('request_id', 128, { isNullable: true }),
          columns.time('created_at'),
        ],
        indices: [
          { name: 'audit_events_by_subject', columnNames: ['subject_id', 'id'] },
          { name: 'audit_events_by_actor', columnNames: ['actor_id', 'id'] },
          { name: 'audit_events_by_type', columnNames: ['type', 'id'] },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('audit_events');
  }
}
