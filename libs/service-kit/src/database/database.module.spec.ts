import { Controller, Get, Module, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../config/configuration.loader.js';
import { ServiceConfig } from '../config/service.config.js';
import { createService } from '../http/service.factory.js';
import { openProxy } from '../testing/cuttable.proxy.fixture.js';
import { testDatabases, type TestDatabase } from '../testing/test.databases.js';
import { Database } from './database.js';
import { DatabaseModule } from './database.module.js';
import { CreateNotes1700000000000, Notes, type Note } from './notes.fixture.js';

@Controller('notes')
class NotesController {
  constructor(
    private readonly database: Database,
    @InjectRepository(Notes) private readonly notes: Repository<Note>,
  ) {}

  @Get()
  count(): Promise<number> {
    return this.notes.count();
  }

  @Post()
  async write(): Promise<void> {
    const note = { id: 1, text: 'first', written_at: new Date() };
    await this.database.transaction((manager) => manager.insert(Notes, note));
  }

  @Get('broken')
  broken(): Promise<unknown> {
    return this.database.manager.query('SELECT nonsense FROM nowhere');
  }
}

@Module({ imports: [TypeOrmModule.forFeature([Notes])], controllers: [NotesController] })
class NotesModule {}

async function startNotes(url: string): Promise<NestFastifyApplication> {
  const database = { url, entities: [Notes], migrations: [CreateNotes1700000000000] };
  const app = await createService({
    name: 'notes',
    config: loadConfig(ServiceConfig, { NODE_ENV: 'test', LOG_LEVEL: 'silent' }),
    module: () => ({ module: NotesModule, imports: [DatabaseModule.forRoot(database)] }),
  });
  await app.listen(0, '127.0.0.1');
  return app;
}

describe.each(testDatabases())('a service with a database on $name', ({ create }) => {
  let home: TestDatabase;
  let app: NestFastifyApplication;
  let url: string;

  beforeEach(async () => {
    home = await create();
    app = await startNotes(home.url);
    url = await app.getUrl();
  });

  afterEach(async () => {
    await app.close();
    await home.drop();
  });

  it('reads by repositories what it writes in transactions', async () => {
    expect(await (await fetch(`${url}/notes`)).json()).toBe(0);
    expect((await fetch(`${url}/notes`, { method: 'POST' })).status).toBe(201);
    expect(await (await fetch(`${url}/notes`)).json()).toBe(1);
  });

  it('is ready', async () => {
    expect(await (await fetch(`${url}/health/ready`)).json()).toMatchObject({ checks: { database: true } });
  });

  it('tells callers nothing of a broken query', async () => {
    const response = await fetch(`${url}/notes/broken`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/nonsense|nowhere|SQL/i);
  });
});

describe.each(testDatabases().filter(({ name }) => name === 'mysql'))(
  'a service whose $name is away',
  ({ create }) => {
    it('is alive, not ready and unavailable, and well again when it is back', async () => {
      const home = await create();
      const direct = new URL(home.url);
      const proxy = await openProxy({ host: direct.hostname, port: Number(direct.port) });
      direct.port = String(proxy.port);
      const app = await startNotes(direct.href);
      const url = await app.getUrl();
      const statuses = async () => {
        const paths = ['/health/live', '/health/ready', '/notes'].map((path) => fetch(url + path));
        const answers = await Promise.all([...paths, fetch(`${url}/notes`, { method: 'POST' })]);
        return answers.map(({ status, headers }) => [status, headers.get('retry-after')]);
      };
      expect(await statuses()).toEqual([
        [200, null],
        [200, null],
        [200, null],
        [201, null],
      ]);
      await proxy.cut();
      expect(await statuses()).toEqual([
        [200, null],
        [503, '1'],
        [503, '1'],
        [503, '1'],
      ]);
      await proxy.mend();
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
      expect(await (await fetch(`${url}/notes`)).json()).toBe(1);
      await app.close();
      await proxy.cut();
      await home.drop();
    });
  },
);
