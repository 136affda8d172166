import type { INestApplicationContext } from '@nestjs/common';
import { loadConfig } from '../config/configuration.loader.js';
import { environmentExample } from '../config/environment.example.js';
import { StartFailure } from '../config/start.failure.js';
import type { ServiceConfig } from '../config/service.config.js';
import { createService } from '../http/service.factory.js';
import type { RunOptions } from './service.runner.js';

/** What a service's main does instead of serving, when its first argument says so. */
const TASKS = {
  /** Tells the settings: works with any environment, since it is what one looks at to mend it. */
  settings: ({ config }) => {
    process.stdout.write(environmentExample(config));
  },
  /** Reads the settings as a start does, and does no more. @throws ConfigurationError with every mistake */
  check: ({ name, config }) => {
    loadConfig(config);
    process.stdout.write(`${name}: the settings are sound\n`);
  },
  /** Brings the database up to date, as every start does. */
  migrate: async (options) => {
    const app = await createService({ ...options, config: loadConfig(options.config) });
    await app.close();
    process.stdout.write(`${options.name}: the database is up to date\n`);
  },
  /** Writes the data that a start writes besides, such as demo data where there is to be some. */
  seed: async (options) => {
    const app = await createService({ ...options, config: loadConfig(options.config) });
    await app.init();
    await app.close();
    process.stdout.write(`${options.name}: the database is up to date and seeded\n`);
  },
} satisfies Record<string, Task>;

type Task = <T extends ServiceConfig>(options: RunOptions<T>) => void | Promise<void>;

/** A task of one service alone. Its application is up, all but listening; gives what to say about what was done. */
export type ServiceTask = (app: INestApplicationContext) => Promise<string>;

/** Does what the first argument names. @throws StartFailure when there is no such task */
export async function runTask<T extends ServiceConfig>(name: string, options: RunOptions<T>): Promise<void> {
  const own = Object.entries(options.tasks ?? {}).map(([each, work]) => [each, within(work)] as const);
  const tasks = new Map<string, Task>([...Object.entries(TASKS), ...own]);
  const task = tasks.get(name);
  if (!task) {
    const names = [...tasks.keys()].join(', ');
    throw new StartFailure(`There is no task of that name. There are ${names}; none of them serves.`);
  }
  await task(options);
}

function within(work: ServiceTask): Task {
  return async (options) => {
    const app = await createService({ ...options, config: loadConfig(options.config) });
    await app.init();
    const words = await work(app).finally(() => app.close());
    process.stdout.write(`${options.name}: ${words}\n`);
  };
}
