import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ServiceConfig } from '../config/service.config.js';
import { addHealthRoutes } from '../health/health.routes.js';
import { Readiness } from '../health/readiness.js';
import { createLogger } from '../logging/logger.js';
import { NestLogger } from '../logging/nest.logger.js';
import { addMetricsRoute, Metrics } from '../metrics/metrics.js';
import { addOpenApiRoutes } from '../openapi/openapi.routes.js';
import { addBodyParsers } from './body.parsers.js';
import { ErrorWriter } from './error.writer.js';
import { createFastifyAdapter } from './fastify.adapter.js';
import { MethodTable } from './method.table.js';
import { ProblemFilter } from './problem.filter.js';
import { RequestEntry } from './request.entry.js';
import { earlyRefusal } from './request.refusals.js';
import { RequestValidationPipe } from './request-validation.pipe.js';
import { ServiceModule } from './service.module.js';
import type { ServiceOptions } from './service.options.js';
import { answerOddRequests } from './unreadable.requests.js';

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
  const entry = new RequestEntry(metrics);
  const app = await NestFactory.create<NestFastifyApplication>(
    ServiceModule.forRoot(module(config), config, readiness, metrics),
    createFastifyAdapter({ config, logger, entry, errors }),
    { logger: new NestLogger(logger), bodyParser: false, abortOnError: false },
  );
  const fastify = app.getHttpAdapter().getInstance();
  const methods = new MethodTable();
  fastify.addHook('onRoute', (route) => methods.add(route));
  fastify.addHook('onRequest', (request, reply, done) =>
    entry.enter(request, reply, () => done(earlyRefusal(request, methods))),
  );
  fastify.addHook('onSend', (_, reply, payload, done) => {
    if (readiness.draining) reply.raw.setHeader('connection', 'close');
    done(null, payload);
  });
  answerOddRequests(fastify.server, logger);
  addBodyParsers(fastify);
  addHealthRoutes(fastify, readiness, errors);
  addMetricsRoute(fastify, metrics);
  addOpenApiRoutes(app, name);
  app.useGlobalPipes(new RequestValidationPipe());
  app.useGlobalFilters(new ProblemFilter(errors));
  return app;
}
