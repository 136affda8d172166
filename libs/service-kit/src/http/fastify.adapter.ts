import { FastifyAdapter } from '@nestjs/platform-fastify';
import { LogController, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { ServiceConfig } from '../config/service.config.js';
import { domainErrorOf } from './error.translation.js';
import type { ErrorWriter } from './error.writer.js';
import type { RequestEntry } from './request.entry.js';
import { requestIdOf } from './request.id.js';
import type { UnreadableRequests } from './unreadable.requests.js';

/** The largest body, in bytes: 100 kB. */
const BODY_LIMIT = 100_000;
/** The longest part of a path that a route takes as a parameter. */
const PARAM_LIMIT = 2_000;
/** How long a request may take to arrive, in milliseconds. */
const ARRIVAL_LIMIT = 10_000;
/**
 * How long a connection is kept that is not in use, in milliseconds: longer than proxies keep theirs, which is a minute
 * as a rule, so that it is not closed just when they send a request on it.
 */
const IDLE_LIMIT = 65_000;
/** The longest header section, its first line included, in bytes. */
const HEADER_LIMIT = 16_384;

/** What Fastify is given to work with. */
export interface AdapterParts {
  config: Pick<ServiceConfig, 'trustProxy'>;
  logger: Logger;
  entry: RequestEntry;
  errors: ErrorWriter;
  unreadable: UnreadableRequests;
}

/** Fastify as every service runs it. */
export function createFastifyAdapter({
  config,
  logger,
  entry,
  errors,
  unreadable,
}: AdapterParts): FastifyAdapter {
  return new FastifyAdapter({
    loggerInstance: logger,
    // One line for each request is written elsewhere, and every line has the request's id anyway.
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: () => logger,
    trustProxy: config.trustProxy,
    bodyLimit: BODY_LIMIT,
    requestTimeout: ARRIVAL_LIMIT,
    keepAliveTimeout: IDLE_LIMIT,
    // Node would answer a request without Host by itself, and without a body.
    http: {
      requireHostHeader: false,
      maxHeaderSize: HEADER_LIMIT,
      headersTimeout: ARRIVAL_LIMIT,
      connectionsCheckingInterval: 1_000,
    },
    routerOptions: { maxParamLength: PARAM_LIMIT },
    // While draining, requests on connections that are still open are answered, not refused.
    return503OnClosing: false,
    requestIdHeader: false,
    genReqId: requestIdOf,
    clientErrorHandler: (error, socket) => unreadable.answer(error, socket),
    // What the router refuses by itself, before any hook: a malformed address, an overlong parameter.
    frameworkErrors: (error: unknown, request: unknown, reply: unknown) => {
      const [refused, answer] = [request as FastifyRequest, reply as FastifyReply];
      entry.enter(refused, answer, () => errors.write(domainErrorOf(error), refused, answer));
    },
  });
}
