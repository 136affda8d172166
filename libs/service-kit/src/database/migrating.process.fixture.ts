import { setTimeout as pause } from 'node:timers/promises';
import { Type } from 'class-transformer';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { loadConfig } from '../config/configuration.loader.js';
import { DatabaseUrl } from '../config/database-url.decorator.js';
import { ServiceConfig } from '../config/service.config.js';
import { Setting } from '../config/setting.decorator.js';
import { openDatabase } from './database.opening.js';
import { CreateNotes1700000000000, Notes } from './notes.fixture.js';

class MigratingConfig extends ServiceConfig {
  @Setting({ name: 'PORT', describe: 'None is listened on.', default: '0' })
  declare port: number;

  @Setting({ name: 'DATABASE_URL', describe: 'What is migrated.', default: 'sqlite:none' })
  @DatabaseUrl()
  databaseUrl!: string;

  @Setting({
    name: 'MIGRATION_PAUSE',
    describe: 'How long one migration takes, in milliseconds.',
    default: '0',
  })
  @Type(() => Number)
  migrationPause!: number;
}

const config = loadConfig(MigratingConfig);

/** Fails when it runs twice, and takes long enough for others to come in between. */
class AddFirstNote1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await pause(config.migrationPause);
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
  url: config.databaseUrl,
  entities: [Notes],
  migrations: [CreateNotes1700000000000, AddFirstNote1700000000001],
});
console.log(`notes: ${await database.manager.count(Notes)}`);
process.exit(0);
