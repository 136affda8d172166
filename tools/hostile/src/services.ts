import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  environmentOf,
  findApps,
  findMariadb,
  Fleet,
  freePort,
  PrivateMariadb,
  settingPrefix,
  Trouble,
} from '@gatehouse/workspace';
import { createConnection } from 'mysql2/promise';

/** A running service. */
export interface Service {
  readonly name: string;
  readonly url: string;
}

/** All built services on free ports, with databases of their own, and how to end them. */
export interface Services {
  readonly services: readonly Service[];
  /** Whether all of them still run. */
  alive(): Promise<boolean>;
  stop(): Promise<void>;
}

/** Where the services keep their data. */
export type DatabaseKind = 'sqlite' | 'mariadb';

/** Starts all services and waits until they are ready. */
export async function startServices(kind: DatabaseKind): Promise<Services> {
  const apps = findApps();
  const databases = await databasesFor(
    kind,
    apps.map(({ name }) => name),
  );
  const ports = await Promise.all(apps.map(() => freePort()));
  const own = apps.flatMap((app, i) => [
    [`${settingPrefix(app)}_PORT`, String(ports[i])] as const,
    [`${settingPrefix(app)}_URL`, `http://127.0.0.1:${ports[i]}`] as const,
    [`${settingPrefix(app)}_DATABASE_URL`, databases.urlOf(app.name)] as const,
  ]);
  const env = { PATH: process.env['PATH'], NODE_ENV: 'test', LOG_LEVEL: 'fatal', LOGIN_LIMITS: 'off' };
  const all = { ...env, ...Object.fromEntries(own) };
  const fleet = new Fleet(
    apps.map((app) => ({ app, env: environmentOf(app, apps, all) })),
    (app, line) => console.error(`${app.name}: ${line}`),
  );
  const stop = async () => {
    await fleet.stop();
    await databases.drop();
  };
  await fleet.start().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const services = apps.map(({ name }, i) => ({ name, url: `http://127.0.0.1:${ports[i]}` }));
  return { services, stop, alive: () => allAnswer(services) };
}

async function allAnswer(services: readonly Service[]): Promise<boolean> {
  const answers = services.map(({ url }) => fetch(`${url}/health/ready`).then(({ ok }) => ok));
  return (await Promise.all(answers.map((answer) => answer.catch(() => false)))).every(Boolean);
}

interface Databases {
  urlOf(name: string): string;
  drop(): Promise<void>;
}

async function databasesFor(kind: DatabaseKind, names: readonly string[]): Promise<Databases> {
  if (kind === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-hostile-'));
    return {
      urlOf: (name) => `sqlite:${join(folder, name)}.sqlite`,
      drop: async () => rmSync(folder, { recursive: true, force: true }),
    };
  }
  const binary = findMariadb();
  if (!binary)
    throw new Trouble('Neither mariadbd nor mysqld is on PATH: install one, or say --database sqlite.');
  const server = await PrivateMariadb.start(binary);
  const connection = await createConnection(server.url);
  for (const name of names) await connection.query(`CREATE DATABASE ${name}`);
  await connection.end();
  return { urlOf: (name) => `${server.url}/${name}`, drop: () => server.close() };
}
