import type { FastifyInstance, FastifyReply, onSendHookHandler, RouteOptions } from 'fastify';
import { pagePolicy } from './page.policy.js';

/**
 * What can be said of an answer only when it is there: the policy of a page that has none of its own, that the answer
 * differs by origin where a route says what else it differs by, and no length of a body that it never has.
 */
export function addAnswerHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (_, reply, payload, done) => {
    keepOrigin(reply);
    if (isPage(reply) && typeof payload === 'string') {
      reply.header('content-security-policy', pagePolicy(payload));
    }
    done(null, payload);
  });
  fastify.addHook('onRoute', (route) => {
    if (route.method === 'HEAD') route.onSend = afterThoseOf(route, omitLengthOfNothing);
  });
}

/** Fastify answers HEAD by a hook of the route itself, and those come last. */
function afterThoseOf({ onSend = [] }: RouteOptions, last: onSendHookHandler): onSendHookHandler[] {
  return [onSend, last].flat();
}

/** RFC 9110 §8.6: a length would be that of the body that GET has, and Fastify tells 0. */
const omitLengthOfNothing: onSendHookHandler = (_, reply, payload, done) => {
  if (reply.statusCode === 304 || reply.statusCode === 204) reply.removeHeader('content-length');
  done(null, payload);
};

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
