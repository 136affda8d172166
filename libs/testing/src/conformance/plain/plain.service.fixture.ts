import { randomUUID } from 'node:crypto';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { ServiceUnderTest } from '../conformance.js';
import type { ConformanceSettings } from '../conformance.settings.js';
import type { Flaw } from './flaws.fixture.js';
import { PlainFeed } from './plain.feed.fixture.js';
import { PlainGuard } from './plain.guard.fixture.js';
import { PlainKeys } from './plain.keys.fixture.js';
import { PlainTokens } from './plain.tokens.fixture.js';
import { PlainVerifier, Refused } from './plain.verifier.fixture.js';

const METADATA = '/.well-known/oauth-protected-resource';

/** A guarded service as somebody writes it who has only wire.md: Fastify, node:crypto, and nothing of Gatehouse. */
export async function startPlainService(
  settings: ConformanceSettings,
  flaw?: Flaw,
  port = 0,
): Promise<ServiceUnderTest> {
  const { issuer, audience, client, feedMaxStaleness } = settings;
  const tokens = new PlainTokens(issuer, client, flaw);
  const feed = new PlainFeed(issuer, tokens, feedMaxStaleness, flaw);
  const verifier = new PlainVerifier({ issuer, audience, feed, keys: new PlainKeys(issuer, flaw), flaw });
  const guard = new PlainGuard(verifier, tokens, flaw);
  const app = fastify();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.addHook('onRequest', (request, reply, done) => {
    const [id] = /^[\w.-]{1,128}$/.exec(String(request.headers['x-request-id'])) ?? [randomUUID()];
    void reply.header('x-request-id', id);
    done();
  });
  app.setErrorHandler((error, request, reply) => answer(asRefusal(error), request, reply, flaw));
  app.setNotFoundHandler((request, reply) => {
    const known = request.url.startsWith('/orders') && flaw !== '401 before 405';
    const refusal = known ? new Refused(405, 'method_not_allowed') : new Refused(401, 'unauthenticated');
    return answer(refusal, request, reply.header('allow', 'GET, HEAD, POST, PUT'), flaw);
  });
  addRoutes(app, guard, issuer);
  feed.start();
  app.addHook('onClose', () => feed.stop());
  return { url: await app.listen({ port, host: '127.0.0.1' }), close: () => app.close() };
}

function addRoutes(app: FastifyInstance, guard: PlainGuard, issuer: string): void {
  const guarded = (scope: string) => ({
    preHandler: (request: FastifyRequest) => guard.admit(request, scope),
  });
  app.get('/orders', guarded('orders:read'), () => [{ id: 1 }]);
  app.post('/orders', guarded('orders:write'), (_request, reply) => void reply.code(201).send({ id: 2 }));
  app.put('/orders', guarded('orders:write'), () => ({ id: 2 }));
  app.delete('/orders', guarded('orders:write'), () => ({ id: 2 }));
  app.get(METADATA, ({ host }) => ({ resource: `http://${host}`, authorization_servers: [issuer] }));
}

function asRefusal(error: unknown): Refused {
  if (error instanceof Refused) return error;
  const { statusCode = 500 } = error as { statusCode?: number };
  return new Refused(statusCode, statusCode < 500 ? 'malformed_request' : 'internal_error');
}

const ERRORS = ['invalid_token', 'invalid_request', 'insufficient_scope'];

function answer(
  { status, code, message }: Refused,
  request: FastifyRequest,
  reply: FastifyReply,
  flaw?: Flaw,
): FastifyReply {
  const parameters = [`realm="orders"`, `resource_metadata="http://${request.host}${METADATA}"`];
  if (ERRORS.includes(code) || flaw === 'error without a credential') parameters.push(`error="${code}"`);
  if (code === 'insufficient_scope') parameters.push(`scope="${message}"`);
  if (flaw === 'tells which check failed') parameters.push(`error_description="${message}"`);
  const challenged =
    status === 401 || (ERRORS.includes(code) && !(status === 403 && flaw === 'no challenge on 403'));
  if (challenged) void reply.header('www-authenticate', `Bearer ${parameters.join(', ')}`);
  if (status === 503) void reply.header('retry-after', '1');
  const problem = {
    type: 'about:blank',
    title: code,
    status,
    detail: 'Refused.',
    code,
    request_id: reply.getHeader('x-request-id'),
  };
  return reply.code(status).type('application/problem+json').send(JSON.stringify(problem));
}
