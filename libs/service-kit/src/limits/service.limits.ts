import type { FastifyInstance } from 'fastify';
import { limitAnswers } from './answer.limit.js';
import { limitConnections } from './connection.limit.js';
import { limitInvitations } from './invitation.limit.js';
import { LoadLimit } from './load.limit.js';

/** Bounds what callers, however many and however slow, may take of this process. All figures: docs/limits.md. */
export function addLimits(fastify: FastifyInstance): void {
  limitConnections(fastify.server);
  limitAnswers(fastify);
  limitInvitations(fastify);
  const load = new LoadLimit();
  // Once the body is there: who takes long to send one keeps nobody else out.
  fastify.addHook('preValidation', (request, reply, done) => done(load.admit(request, reply)));
  fastify.addHook('onSend', (request, _, payload, done) => {
    load.leave(request);
    done(null, payload);
  });
  fastify.addHook('onClose', () => load.stop());
}
