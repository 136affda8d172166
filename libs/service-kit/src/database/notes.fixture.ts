import { EntitySchema, Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** A row of the table that the specs of this room work on. */
export interface Note {
  id: number;
  text: string;
  written_at: Date;
}

export const Notes = new EntitySchema<Note>({
  name: 'note',
  tableName: 'notes',
  columns: {
    id: { type: 'int', primary: true },
    text: { type: 'varchar', length: '255', unique: true },
    written_at: { type: 'datetime', precision: 3 },
  },
});

export class CreateNotes1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'notes',
        columns: [
          { name: 'id', type: 'int', isPrimary: true },
          { name: 'text', type: 'varchar', length: '255', isUnique: true },
          { name: 'written_at', type: 'datetime', precision: 3 },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('notes');
  }
}
