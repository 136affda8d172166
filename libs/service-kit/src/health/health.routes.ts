import { Unavailable } from '@gatehouse/contracts';
import type { FastifyInstance } from 'fastify';
import type { ErrorWriter } from '../http/error.writer.js';
import type { Readiness } from './readiness.js';

/** `/health/live`, which touches nothing else, and `/health/ready`. */
export function addHealthRoutes(fastify: FastifyInstance, readiness: Readiness, errors: ErrorWriter): void {
  fastify.get('/health/live', async (_, reply) => {
    void reply.header('cache-control', 'no-store');
    return { status: 'alive' };
  });

  fastify.get('/health/ready', async (request, reply) => {
    void reply.header('cache-control', 'no-store');
    const checks = await readiness.report();
    const away = Object.keys(checks).filter((name) => !checks[name]);
    if (away.length === 0) return { status: 'ready', checks };
    errors.write(new Unavailable(`Not ready: ${away.join(', ')}.`), request, reply);
    return reply;
  });
}
