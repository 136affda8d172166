import { DomainError, ValidationFailed } from '@gatehouse/contracts';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Command, CommanderError } from 'commander';
import { loadConfig } from '../config/configuration.loader.js';
import { environmentExample } from '../config/environment.example.js';
import type { ServiceConfig } from '../config/service.config.js';
import { StartFailure } from '../config/start.failure.js';
import { createService } from '../http/service.factory.js';
import { describeService } from '../openapi/openapi.document.js';
import { routesOf } from '../routes/route.list.js';
import type { RunOptions } from './service.runner.js';
import { sentenceOf } from './start.sentence.js';

/**
 * Does something with a service's application, and closes it. It is wired and its database is up to date; nothing
 * listens, and no job of its own runs. Its log goes to the standard error, so that the output is the command's alone.
 */
export type WithService = <T>(work: (app: INestApplicationContext) => Promise<T>) => Promise<T>;

/** Adds commands that one service has beside those of every service. */
export type ServiceCommands = (program: Command, withService: WithService) => void;

/** What was asked for cannot be understood: exit code 2, as shells have it. */
const MISUSED = 2;

/**
 * Does what a main's arguments say, in place of serving.
 *
 * @returns the exit code
 */
export async function runCommand<T extends ServiceConfig>(
  args: readonly string[],
  options: RunOptions<T>,
): Promise<number> {
  try {
    await commandLineOf(options).parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    // Commander has written what was wrong, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : MISUSED;
    process.stderr.write(`${options.name}${wordsFor(error)}\n`);
    return error instanceof ValidationFailed ? MISUSED : 1;
  }
}

function commandLineOf<T extends ServiceConfig>(options: RunOptions<T>): Command {
  const { name, commands } = options;
  const program = new Command(name)
    .description(`Without a command, ${name} serves until it is told to stop.`)
    .exitOverride()
    .showHelpAfterError('Add --help to see what there is.');
  addDescriptions(program, options);
  addChores(program, options);
  commands?.(program, (work) => withService(options, work));
  return program;
}

/** What tells of the service. */
function addDescriptions<T extends ServiceConfig>(program: Command, options: RunOptions<T>): void {
  program
    .command('settings')
    .description('print the described settings; works with any environment')
    .action(() => void process.stdout.write(environmentExample(options.config)));
  program
    .command('openapi')
    .description('print the OpenAPI document')
    .action(() => withService(options, async (app) => printDocument(app, options)));
  program
    .command('routes')
    .description('print every route and who may come, as JSON in one line')
    .action(() => withService(options, (app) => printRoutes(app, options)));
}

/** What every service is told to do at times. */
function addChores<T extends ServiceConfig>(program: Command, options: RunOptions<T>): void {
  const say = (words: string) => void process.stdout.write(`${options.name}: ${words}\n`);
  program
    .command('check')
    .description('say what is wrong with the settings as a start would, and touch nothing')
    .action(() => {
      loadConfig(options.config);
      say('the settings are sound');
    });
  program
    .command('migrate')
    .description('bring the database up to date, as every start does')
    .action(() => withService(options, async () => say('the database is up to date')));
  program
    .command('seed')
    .description('also write what a start writes besides, such as demo data where there is to be some')
    .action(() => withService(options, seed).then(() => say('the database is up to date and seeded')));
}

function printDocument<T extends ServiceConfig>(app: INestApplicationContext, options: RunOptions<T>): void {
  const document = describeService(app as NestFastifyApplication, options);
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

async function printRoutes<T extends ServiceConfig>(
  app: INestApplicationContext,
  { access }: RunOptions<T>,
): Promise<void> {
  const service = app as NestFastifyApplication;
  await service.init(); // it is then that Nest adds its routes
  process.stdout.write(`${JSON.stringify(routesOf(service, access?.(service)))}\n`);
}

async function seed(app: INestApplicationContext): Promise<void> {
  await app.init();
}

async function withService<T extends ServiceConfig, Result>(
  options: RunOptions<T>,
  work: (app: INestApplicationContext) => Promise<Result>,
): Promise<Result> {
  const config = loadConfig(options.config);
  const logTo = { write: (line: string) => void process.stderr.write(line) };
  const app = await createService({ ...options, config, logTo });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

function wordsFor(error: unknown): string {
  if (error instanceof StartFailure) return ` cannot start. ${error.message}`;
  if (isAboutFile(error)) return `: ${error.message}`;
  if (!(error instanceof DomainError)) return `: ${sentenceOf(error)}`;
  const { message, errors } = error;
  return `: ${errors ? Object.values(errors).flat().join('. ') : message}`;
}

/** A file that a command was given: Node says what is wrong with it. */
function isAboutFile(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}
