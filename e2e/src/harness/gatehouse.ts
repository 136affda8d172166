import { execFileSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import type { TestDatabase, TestDatabaseKind } from '@gatehouse/service-kit/testing';
import { environmentOf, findApps, Fleet, freePort, settingPrefix } from '@gatehouse/workspace';

/** What a started Gatehouse may differ in. */
export interface GatehouseOptions {
  /** Settings as `npm start` takes them: `NAME` for all services, `ARTICLES_NAME` for one. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The built services, each a process of its own on a free port, with fresh databases. */
export interface Gatehouse {
  readonly identity: string;
  readonly articles: string;
  readonly consumer: string;
  /** Every line any of them wrote so far. */
  readonly lines: readonly string[];
  readonly fleet: Fleet;
  /** Stops all of them and deletes their databases. */
  stop(): Promise<void>;
}

/**
 * Starts all services and waits until they are ready. With `GATEHOUSE_ORIGIN`, those that run behind that gateway are
 * taken as they are.
 */
export async function startGatehouse(
  kind: TestDatabaseKind,
  options: GatehouseOptions = {},
): Promise<Gatehouse> {
  const origin = process.env['GATEHOUSE_ORIGIN'];
  if (origin) return behind(origin);
  const apps = findApps();
  const databases = await Promise.all(apps.map(() => kind.create()));
  const ports = await Promise.all(apps.map(() => freePort()));
  const own = apps.flatMap((app, i) => [
    [`${settingPrefix(app)}_PORT`, String(ports[i])] as const,
    // Where the others reach it, whatever PUBLIC_URL a test gives it.
    [`${settingPrefix(app)}_URL`, `http://127.0.0.1:${ports[i]}`] as const,
    [`${settingPrefix(app)}_DATABASE_URL`, databases[i]!.url] as const,
  ]);
  const env = { ...process.env, LOGIN_LIMITS: 'off', ...Object.fromEntries(own), ...options.env };
  const lines: string[] = [];
  const fleet = new Fleet(
    apps.map((app) => ({ app, env: environmentOf(app, apps, env) })),
    (app, line) => lines.push(`${app.name} ${line}`),
  );
  const stop = () => stopAll(fleet, databases);
  await fleet.start().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const urlOf = (name: string) => `http://127.0.0.1:${ports[apps.findIndex((app) => app.name === name)]}`;
  return {
    identity: urlOf('identity'),
    articles: urlOf('articles'),
    consumer: urlOf('consumer'),
    lines,
    fleet,
    stop,
  };
}

function behind(origin: string): Gatehouse {
  return {
    identity: origin,
    articles: origin,
    consumer: `${origin}/consumer`,
    get lines() {
      return composeLogs();
    },
    fleet: new Fleet([], () => undefined),
    stop: () => Promise.resolve(),
  };
}

/** What the containers wrote of late: tests under load leave far more behind. Compose moves a cursor even where there is none. */
function composeLogs(): string[] {
  const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  const logs = execFileSync('docker', ['compose', 'logs', '--no-color', '--since', '1m'], options);
  return stripVTControlCharacters(logs).split('\n');
}

async function stopAll(fleet: Fleet, databases: readonly TestDatabase[]): Promise<void> {
  await fleet.stop();
  await Promise.all(databases.map((database) => database.drop()));
}
