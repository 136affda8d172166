import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestDatabase } from '@gatehouse/service-kit/testing';
import { type App, findApps, freePort, ROOT, settingPrefix } from '@gatehouse/workspace';

/** Where `npm start` of a test puts its services: ports and databases of their own, by the settings that a user has for that. */
export async function privatePlaces(databases: readonly TestDatabase[]): Promise<Record<string, string>> {
  const own = findApps().map(async (app, i) => ({
    [`${settingPrefix(app)}_PORT`]: String(await freePort()),
    [`${settingPrefix(app)}_DATABASE_URL`]: databases[i]!.url,
  }));
  return Object.assign({}, ...(await Promise.all(own))) as Record<string, string>;
}

/** A command that runs, such as `npm start`. */
export class Running {
  readonly pid: number;
  /** All that it has written so far. */
  output = '';
  readonly ended: Promise<number | null>;

  constructor(
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string | undefined>>,
    cwd = ROOT,
  ) {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.pid = child.pid!;
    const keep = (chunk: Buffer) => (this.output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    this.ended = once(child, 'close').then(([code]) => code as number | null);
  }

  signal(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }
}

/** `npm start` as a user types it. */
export function npmStart(env: Readonly<Record<string, string | undefined>>): Running {
  return new Running('npm', ['start'], env);
}

/** One built app by itself, as a container runs it. */
export function runApp(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  limits = '',
): Running {
  const app = findApps().find((each: App) => each.name === name)!;
  const main = join(app.directory, 'dist/main.js');
  return limits
    ? new Running('sh', ['-c', `${limits}; exec "$0" "$1"`, process.execPath, main], env)
    : new Running(process.execPath, [main], env);
}
