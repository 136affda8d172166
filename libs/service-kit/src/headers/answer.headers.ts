import type { FastifyInstance, FastifyReply } from 'fastify';
import { pagePolicy } from './page.policy.js';

/**
 * What can be said of an answer only when it is there: the policy of a page that has none of its own, and that the
 * answer differs by origin where a route says what else it differs by.
 */
export function addAnswerHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (_, reply, payload, done) => {
    keepOrigin(reply);
    if (isPage(reply) && typeof payload === 'string') {
      reply.header('content-security-policy', pagePolicy(payload));
    }
    done(null, payload);
  });
}

/** A page without a policy of its own: what it has is what every answer gets. */
function isPage(reply: FastifyReply): boolean {
  const type = reply.getHeader('content-type');
  if (typeof type !== 'string' || !type.startsWith('text/html')) return false;
  return reply.getHeader('content-security-policy') === reply.raw.getHeader('content-security-policy');
}

function keepOrigin(reply: FastifyReply): void {
  const [own, general] = [reply.getHeader('vary'), reply.raw.getHeader('vary')];
  if (general === 'Origin' && own !== general) reply.header('vary', `${String(own)}, Origin`);
}
