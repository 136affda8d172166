import type { FastifyInstance } from 'fastify';

/**
 * Invites a body (`Expect: 100-continue`, RFC 9110 §10.1.1) only where its length fits: whoever asks first is spared
 * sending what is refused. Node by itself invites every body.
 */
export function limitInvitations({ server, initialConfig }: FastifyInstance): void {
  server.on('checkContinue', (request, response) => {
    const length = Number(request.headers['content-length'] ?? 0);
    if (length <= initialConfig.bodyLimit!) response.writeContinue();
    server.emit('request', request, response);
  });
}
