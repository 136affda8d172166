import { setTimeout as pause } from 'node:timers/promises';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDatabase } from './database.opening.js';
import { CreateNotes1700000000000, Notes } from './notes.fixture.js';

/** Fails when it runs twice, and takes long enough for others to come in between. */
class AddFirstNote1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await pause(Number(process.env['MIGRATION_PAUSE']));
    await runner.query(
      "INSERT INTO notes (id, text, written_at) VALUES (1, 'first', '2026-01-01 00:00:00.000')",
    );
  }

  async down(): Promise<void> {
    throw new Error('never undone');
  }
}

process.send?.('migrating');
const database = await openDatabase({
  url: process.env['DATABASE_URL'] ?? '',
  entities: [Notes],
  migrations: [CreateNotes1700000000000, AddFirstNote1700000000001],
});
console.log(`notes: ${await database.manager.count(Notes)}`);
process.exit(0);
