import { writeFileSync } from 'node:fs';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { freePort } from '@gatehouse/workspace';
import Sqlite from 'better-sqlite3';
import type { DoctorsScene } from './doctors.scene.js';
import type { SetupFault } from './setup.fault.js';

/** Changes the database of identity behind its back. */
function change(scene: DoctorsScene, sql: string): void {
  const database = new Sqlite(scene.databaseFile('identity'));
  database.exec(sql);
  database.close();
}

/** What goes wrong with databases and what is in them. */
export const DATABASE_FAULTS: readonly SetupFault[] = [
  {
    what: 'the file of a database is none',
    check: 'database',
    says: /is not a sound SQLite database/,
    seed: (scene) =>
      writeFileSync(
        scene.databaseFile('articles'),
        'no database at all, but long enough to be one'.repeat(20),
      ),
  },
  {
    what: 'no database server answers',
    check: 'database',
    says: /No database answers at 127\.0\.0\.1/,
    seed: async ({ env }) =>
      void (env['ARTICLES_DATABASE_URL'] = `mysql://root@127.0.0.1:${await freePort()}/articles`),
  },
  {
    what: 'the schema does not exist',
    mysql: true,
    check: 'database',
    says: /has no schema nowhere/,
    seed: ({ env }) => void (env['ARTICLES_DATABASE_URL'] = `${process.env['TEST_MYSQL_URL']}/nowhere`),
  },
  {
    what: 'the database refuses the user',
    mysql: true,
    check: 'database',
    says: /refuses the user nobody/,
    seed: ({ env }) =>
      void (env['ARTICLES_DATABASE_URL'] =
        `${process.env['TEST_MYSQL_URL']!.replace('root@', 'nobody:wrong@')}/articles`),
  },
  {
    what: 'migrations are missing, on MySQL',
    mysql: true,
    check: 'migrations',
    says: /database of articles lacks 1 of 1 migrations/,
    seed: async (scene) => {
      const database = await testDatabases()
        .find(({ name }) => name === 'mysql')!
        .create();
      scene.later(() => database.drop());
      scene.env['ARTICLES_DATABASE_URL'] = database.url;
    },
  },
  {
    what: 'migrations are missing',
    check: 'migrations',
    says: /database of identity lacks 1 of/,
    seed: async (scene) => {
      await scene.makeDatabase();
      change(scene, 'DELETE FROM migrations WHERE id = (SELECT MAX(id) FROM migrations)');
    },
  },
  {
    what: 'a newer version was at the database',
    check: 'migrations',
    says: /1 migrations that this version does not know/,
    seed: async (scene) => {
      await scene.makeDatabase();
      change(scene, "INSERT INTO migrations (timestamp, name) VALUES (2000000000000, 'Later2000000000000')");
    },
  },
  {
    what: 'KEY_ENCRYPTION_KEY is another one',
    check: 'keys',
    says: /encrypted under another KEY_ENCRYPTION_KEY/,
    seed: async (scene) => {
      await scene.makeDatabase();
      scene.env['IDENTITY_KEY_ENCRYPTION_KEY'] = 'another-key-encryption-key-than-before';
    },
  },
  {
    what: 'a signing key was changed in the database',
    check: 'keys',
    says: /1 of 2 signing keys in the database were changed/,
    seed: async (scene) => {
      await scene.makeDatabase();
      change(
        scene,
        "UPDATE signing_keys SET sealed_private_key = 'AAAA' || sealed_private_key WHERE generation = 1",
      );
    },
  },
];
