import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ServiceConfig } from '../config/service.config.js';
import { securityHeaders } from '../headers/security.headers.js';
import { addHealthRoutes } from '../health/health.routes.js';
import { Readiness } from '../health/readiness.js';
import { createLogger } from '../logging/logger.js';
import { NestLogger } from '../logging/nest.logger.js';
import { addLimits } from '../limits/service.limits.js';
import { addMetricsRoute, Metrics } from '../metrics/metrics.js';
import { addOpenApiRoutes } from '../openapi/openapi.routes.js';
import { startTracing } from '../tracing/tracing.js';
import { addBodyParsers } from './body.parsers.js';
import { ErrorWriter } from './error.writer.js';
import { createFastifyAdapter } from './fastify.adapter.js';
import { ProblemFilter } from './problem.filter.js';
import { RequestEntry } from './request.entry.js';
import { addRequestHooks } from './request.hooks.js';
import { RequestValidationPipe } from './request-validation.pipe.js';
import { ServiceModule } from './service.module.js';
import type { ServiceOptions } from './service.options.js';
import { UnreadableRequests } from './unreadable.requests.js';

/**
 * A service as it runs, all but listening: tests call `app.listen(0, '127.0.0.1')` on it.
 *
 * @throws StartFailure when what it needs cannot be had, such as its database
 */
export async function createService<T extends ServiceConfig>(
  options: ServiceOptions<T>,
): Promise<NestFastifyApplication> {
  const { name, config, module, errorFormats, logTo } = options;
  const logger = createLogger(name, config, logTo);
  const [readiness, metrics] = [new Readiness(), new Metrics()];
  const errors = new ErrorWriter(errorFormats);
  const tracing = await startTracing(name, config);
  const headers = securityHeaders(config.publicUrl);
  const entry = new RequestEntry({ metrics, headers, traced: tracing !== undefined });
  const unreadable = new UnreadableRequests(errors, logger, headers);
  const app = await NestFactory.create<NestFastifyApplication>(
    ServiceModule.forRoot(module(config), config, readiness, metrics),
    createFastifyAdapter({ config, logger, entry, errors, unreadable }),
    { logger: new NestLogger(logger), bodyParser: false, abortOnError: false },
  );
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onClose', () => tracing?.stop());
  addRequestHooks(fastify, { entry, readiness, corsOrigins: config.corsOrigins });
  addLimits(fastify);
  unreadable.addTo(fastify.server);
  addBodyParsers(fastify);
  addHealthRoutes(fastify, readiness, errors);
  addMetricsRoute(fastify, metrics);
  addOpenApiRoutes(app, options);
  app.useGlobalPipes(new RequestValidationPipe());
  app.useGlobalFilters(new ProblemFilter(errors));
  return app;
}
