import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig } from '../config/configuration.loader.js';
import { loadEnvironmentFile } from '../config/environment.file.js';
import type { ServiceConfig } from '../config/service.config.js';
import { createService } from '../http/service.factory.js';
import type { ServiceDescription } from '../http/service.options.js';
import { stopOnSignal } from './graceful.stop.js';
import { runCommand, type ServiceCommands } from './service.commands.js';
import { sentenceOf } from './start.sentence.js';

/** A service, its configuration not read yet. */
export interface RunOptions<T extends ServiceConfig> extends ServiceDescription<T> {
  config: new () => T;
  /** Adds what its main does, beside the commands of every service, when its arguments say so. */
  commands?: ServiceCommands;
}

/**
 * Runs a service until SIGTERM or SIGINT: the whole of an app's main. Reads the configuration from the environment and
 * from the `.env` beside the app's package.json, and tells a parent process that has forked it where it listens
 * (`{ type: 'listening', url }`). When it cannot start, it says why in one sentence, and exits with 1.
 *
 * The main's arguments may be a command to do instead, and exit: `settings` prints the described settings, `check` says
 * what is wrong with those that are given, `migrate` brings the database up to date, `seed` also writes what a start
 * writes besides; a service may have more, and `--help` tells of all.
 */
export async function runService<T extends ServiceConfig>(options: RunOptions<T>): Promise<void> {
  const args = process.argv.slice(2);
  try {
    loadEnvironmentFile();
    if (args.length > 0) {
      endWithReader();
      process.exitCode = await runCommand(args, options);
      return;
    }
    const config = loadConfig(options.config);
    const app = await createService({ ...options, config });
    diesLoudly();
    stopOnSignal(app, config);
    const url = await listen(app, config);
    process.send?.({ type: 'listening', url });
  } catch (error) {
    process.stderr.write(`${options.name} cannot start. ${sentenceOf(error)}\n`);
    process.exit(1);
  }
}

/** Not by `app.listen`, which logs a port in use as an error of its own. */
async function listen(app: NestFastifyApplication, { port, host }: ServiceConfig): Promise<string> {
  await app.init();
  return app.getHttpAdapter().getInstance().listen({ port, host });
}

/** Node would print the whole of an error that nobody caught, a failed query's parameters included. */
function diesLoudly(): void {
  process.on('uncaughtException', (error) => {
    new Logger('process').fatal(error);
    process.exit(1);
  });
}

/** Whoever reads the output may stop, as `head` does: then there is nothing left to do, and nothing wrong. */
function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}
