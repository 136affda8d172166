import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { ServiceConfig } from '../config/service.config.js';
import { answerClientError } from './client-error.handler.js';
import { domainErrorOf } from './error.translation.js';
import type { ErrorWriter } from './error.writer.js';
import { requestIdOf } from './request.id.js';

/** The largest body, in bytes: 100 kB. */
const BODY_LIMIT = 100_000;
/** How long a request may take to arrive, in milliseconds. */
const REQUEST_TIMEOUT = 10_000;

/** Fastify as every service runs it. */
export function createFastifyAdapter(
  config: ServiceConfig,
  logger: Logger,
  errors: ErrorWriter,
): FastifyAdapter {
  return new FastifyAdapter({
    loggerInstance: logger,
    disableRequestLogging: true,
    trustProxy: config.trustProxy,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT,
    // While draining, requests on connections that are still open are answered, not refused.
    return503OnClosing: false,
    // Node would answer a request without Host by itself, without a body.
    http: { requireHostHeader: false, headersTimeout: REQUEST_TIMEOUT, connectionsCheckingInterval: 1_000 },
    routerOptions: { maxParamLength: 2_000 },
    requestIdHeader: false,
    genReqId: requestIdOf,
    clientErrorHandler: answerClientError,
    // What the router refuses by itself, before any hook: a malformed address, an overlong part of it.
    frameworkErrors: (error: unknown, request: unknown, reply: unknown) =>
      errors.write(domainErrorOf(error), request as FastifyRequest, reply as FastifyReply),
  });
}
