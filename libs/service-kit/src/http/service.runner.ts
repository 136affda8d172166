import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DynamicModule, Type } from '@nestjs/common';
import { loadConfig } from '../config/configuration.loader.js';
import type { ServiceConfig } from '../config/service.config.js';
import type { ErrorFormat } from './error.writer.js';
import { createService } from './service.factory.js';

/** All of a service's main. */
export interface RunOptions<T extends ServiceConfig> {
  name: string;
  config: new () => T;
  module: (config: T) => DynamicModule | Type;
  errorFormats?: readonly ErrorFormat[];
}

/** Runs a service until it is told to stop. */
export async function runService<T extends ServiceConfig>(options: RunOptions<T>): Promise<void> {
  try {
    const config = loadConfig(options.config);
    const app = await createService({ ...options, config });
    await listen(app, config);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

async function listen(app: NestFastifyApplication, config: ServiceConfig): Promise<void> {
  await app.listen(config.port, config.host);
  process.send?.({ type: 'listening', url: await app.getUrl() });
}
