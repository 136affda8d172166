import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { findApps, freePort, settingPrefix } from '@gatehouse/workspace';
import { cleanEnvironment } from './fresh.copy.js';

const LOOK_EVERY = 20;
const READY_WITHIN = 300_000;

/** One service that `npm start` has started. */
export interface StartedService {
  readonly name: string;
  readonly url: string;
  /** Seconds from `npm start` on. */
  readonly readyAfter: number;
}

/** All services, by `npm start` in a copy of the workspace, on free ports. */
export class StartedServices {
  private constructor(
    private readonly npm: ChildProcess,
    readonly services: readonly StartedService[],
  ) {}

  /** Resolves when every service says that it is ready. */
  static async in(folder: string): Promise<StartedServices> {
    const ports = new Map<string, number>();
    const env: NodeJS.ProcessEnv = { ...cleanEnvironment(), LOGIN_LIMITS: 'off' };
    for (const app of findApps()) {
      const port = await freePort();
      ports.set(app.name, port);
      env[`${settingPrefix(app)}_PORT`] = String(port);
    }
    const begun = performance.now();
    const npm = spawn('npm', ['start', '--silent'], {
      cwd: folder,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let words = '';
    npm.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
    process.once('exit', () => npm.kill());
    const ended = once(npm, 'exit').then(([code]) => {
      throw new Error(`npm start ended with ${code}: ${words}`);
    });
    const ready = [...ports].map(async ([name, port]): Promise<StartedService> => {
      const url = `http://localhost:${port}`;
      await untilReady(url);
      return { name, url, readyAfter: (performance.now() - begun) / 1_000 };
    });
    const services = await Promise.race([Promise.all(ready), ended]);
    ended.catch(() => undefined); // its end is nobody's concern any more
    return new StartedServices(npm, services);
  }

  at(name: string): string {
    return this.services.find((service) => service.name === name)!.url;
  }

  /** Resident memory of each, in megabytes. */
  async memory(): Promise<Map<string, number>> {
    const sizes = this.services.map(async ({ name, url }): Promise<[string, number]> => {
      const text = await (await fetch(`${url}/metrics`)).text();
      const [, bytes] = /^process_resident_memory_bytes (\S+)$/m.exec(text) ?? [];
      return [name, Number(bytes) / 1e6];
    });
    return new Map(await Promise.all(sizes));
  }

  async stop(): Promise<void> {
    if (this.npm.exitCode !== null) return;
    const gone = once(this.npm, 'exit');
    this.npm.kill('SIGTERM');
    await gone;
  }
}

async function untilReady(url: string): Promise<void> {
  const patience = AbortSignal.timeout(READY_WITHIN);
  while (!(await saysReady(url))) {
    if (patience.aborted) throw new Error(`${url} was not ready within ${READY_WITHIN / 1_000} s`);
    await sleep(LOOK_EVERY);
  }
}

async function saysReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/ready`)).ok;
  } catch {
    return false; // Nobody listens there yet.
  }
}
