import type { DynamicModule, INestApplicationContext, Type } from '@nestjs/common';
import type { ServiceConfig } from '../config/service.config.js';
import type { LogDestination } from '../logging/logger.js';
import type { RouteAccessSource } from '../routes/route.access.js';
import type { ErrorFormat } from './error.writer.js';

/** What tells one service from another. */
export interface ServiceDescription<T extends ServiceConfig> {
  /** In logs and in the API's description. */
  name: string;
  /** Its package.json, for the API's description: `new URL('../package.json', import.meta.url)`. */
  manifest?: URL;
  /** The app's root module. */
  module: (config: T) => DynamicModule | Type;
  /** Paths whose clients know another error format than problem+json. */
  errorFormats?: readonly ErrorFormat[];
  /** What its routes ask of their callers, for its OpenAPI document: `(app) => app.get(AccessRules)`. */
  access?: (app: INestApplicationContext) => RouteAccessSource;
}

/** A service and how it is configured. */
export interface ServiceOptions<T extends ServiceConfig> extends ServiceDescription<T> {
  config: T;
  /** Takes the log, line by line, in place of the standard output. */
  logTo?: LogDestination;
}
