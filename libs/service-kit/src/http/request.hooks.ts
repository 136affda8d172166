import type { FastifyInstance } from 'fastify';
import { addAnswerHeaders } from '../headers/answer.headers.js';
import { CrossOrigin } from '../headers/cross.origin.js';
import type { Readiness } from '../health/readiness.js';
import { REGISTERED_ROUTES } from '../routes/route.list.js';
import { MethodTable } from './method.table.js';
import type { RequestEntry } from './request.entry.js';
import { earlyRefusal } from './request.refusals.js';

/** What the hooks around every request need. */
export interface HookParts {
  entry: RequestEntry;
  readiness: Readiness;
  /** Origins whose pages may call this service. */
  corsOrigins: readonly string[];
}

/** Adds what happens around every request, whatever its route. To be called before any route is added. */
export function addRequestHooks(
  fastify: FastifyInstance,
  { entry, readiness, corsOrigins }: HookParts,
): void {
  const methods = new MethodTable();
  const crossOrigin = new CrossOrigin(corsOrigins, methods);
  fastify.decorate(REGISTERED_ROUTES, methods.routes);
  fastify.addHook('onRoute', (route) => methods.add(route));
  fastify.addHook('onRequest', (request, reply, done) =>
    entry.enter(request, reply, () => {
      if (!crossOrigin.answer(request, reply)) done(earlyRefusal(request, methods));
    }),
  );
  fastify.addHook('onSend', (_, reply, payload, done) => {
    if (readiness.draining) reply.raw.setHeader('connection', 'close');
    done(null, payload);
  });
  addAnswerHeaders(fastify);
}
