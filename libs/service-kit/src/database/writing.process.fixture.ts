import { loadConfig } from '../config/configuration.loader.js';
import { DatabaseUrl } from '../config/database-url.decorator.js';
import { ServiceConfig } from '../config/service.config.js';
import { Setting } from '../config/setting.decorator.js';
import { openDatabase } from './database.opening.js';
import { CreateNotes1700000000000, Notes, type Note } from './notes.fixture.js';

const WRITERS = 20;

class WritingConfig extends ServiceConfig {
  @Setting({ name: 'PORT', describe: 'None is listened on.', default: '0' })
  declare port: number;

  @Setting({ name: 'DATABASE_URL', describe: 'What is written to.', default: 'sqlite:none' })
  @DatabaseUrl()
  databaseUrl!: string;
}

const database = await openDatabase({
  url: loadConfig(WritingConfig).databaseUrl,
  entities: [Notes],
  migrations: [CreateNotes1700000000000],
});
let next = 1;

/** Writes two rows at a time, and tells of them when it is told that they are kept. */
async function writer(): Promise<never> {
  for (;;) {
    const id = next;
    next += 1;
    await database.transaction(async (manager) => {
      await manager.insert<Note>('note', { id, text: `${id}`, written_at: new Date() });
      await manager.insert<Note>('note', { id: -id, text: `${-id}`, written_at: new Date() });
    });
    process.send!(id);
  }
}

await Promise.all(Array.from({ length: WRITERS }, writer));
