import { createService, Database, DatabaseModule, loadConfig, ServiceConfig } from '@gatehouse/service-kit';
import { type TestDatabase, testMysql } from '@gatehouse/service-kit/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FeedPosition } from '../revocation/feed-position.entity.js';
import { ENTITIES, MIGRATIONS } from './schema.js';

type Migration = new () => MigrationInterface;

/** The same migration, in a process that is killed right after the first statement that changes a table. */
function killed(Original: Migration): Migration {
  return class extends Original {
    override readonly name = Original.name;

    override async up(runner: QueryRunner): Promise<void> {
      const query = runner.query.bind(runner);
      const last = async (sql: string, parameters?: unknown[]) => {
        const rows: unknown = await query(sql, parameters);
        if (/^\s*(SELECT|SHOW|INSERT)\b/i.test(sql)) return rows;
        throw new Error('killed');
      };
      Object.assign(runner, { query: last });
      await super.up(runner).finally(() => Object.assign(runner, { query }));
    }
  };
}

/** Brings a database up to date; gives how many positions its feed has. */
async function migrate(url: string, migrations: Migration[]): Promise<number> {
  const app = await createService({
    name: 'migrations',
    config: loadConfig(ServiceConfig, { LOG_LEVEL: 'silent' }),
    module: () => DatabaseModule.forRoot({ url, entities: ENTITIES, migrations }),
  });
  const positions = await app
    .get(Database)
    .manager.count(FeedPosition)
    .catch(() => 0);
  await app.close();
  return positions;
}

// SQLite changes tables in transactions: there is nothing half-way.
describe.runIf(testMysql)('migrations on MySQL', () => {
  const create = () => testMysql!.create();
  let home: TestDatabase;
  beforeEach(async () => {
    home = await create();
  });
  afterEach(() => home.drop());

  it(
    'go on where a killed process has left them, after any of their steps',
    { timeout: 180_000 },
    async () => {
      let kills = 0;
      for (let done = 0; done < MIGRATIONS.length; done += 1) {
        const next = [...MIGRATIONS.slice(0, done), killed(MIGRATIONS[done]!)];
        for (let died = true; died; kills += Number(died)) {
          died = await migrate(home.url, next).then(
            () => false,
            (error: Error) => {
              if (error.message !== 'killed') throw error;
              return true;
            },
          );
        }
      }
      expect(kills).toBeGreaterThan(MIGRATIONS.length);
      expect(await migrate(home.url, MIGRATIONS)).toBe(1);
    },
  );
});
