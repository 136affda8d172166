import { Controller, Get, Module, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../config/configuration.loader.js';
import { ServiceConfig } from '../config/service.config.js';
import { createService } from '../http/service.factory.js';
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

describe.each(testDatabases())('a service with a database on $name', ({ create }) => {
  let home: TestDatabase;
  let app: NestFastifyApplication;
  let url: string;

  beforeEach(async () => {
    home = await create();
    const database = { url: home.url, entities: [Notes], migrations: [CreateNotes1700000000000] };
    app = await createService({
      name: 'notes',
      config: loadConfig(ServiceConfig, { NODE_ENV: 'test', LOG_LEVEL: 'silent' }),
      module: () => ({ module: NotesModule, imports: [DatabaseModule.forRoot(database)] }),
    });
    await app.listen(0, '127.0.0.1');
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

  it('is unavailable and not ready once the database is gone', async () => {
    await app.get(Database).dataSource.destroy();
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect((await fetch(`${url}/health/ready`)).status).toBe(503);
    await app.get(Database).dataSource.initialize();
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });
});
