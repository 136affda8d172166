import type { FastifyInstance, FastifyReply } from 'fastify';

/** How long a caller may take to read an answer, in milliseconds. */
const READING_LIMIT = 10_000;

/**
 * Ends connections whose callers do not read what they have asked for: until they do, it is kept in memory. Streams of
 * events are to last; who writes them looks after those who fall behind.
 */
export function limitAnswers(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (_, reply, payload, done) => {
    if (!isEventStream(reply)) {
      const patience = setTimeout(() => reply.raw.destroy(), READING_LIMIT).unref();
      reply.raw.once('close', () => clearTimeout(patience));
    }
    done(null, payload);
  });
}

function isEventStream(reply: FastifyReply): boolean {
  return String(reply.getHeader('content-type')).startsWith('text/event-stream');
}
