import type { FastifyReply, FastifyRequest } from 'fastify';
import type { MethodTable } from '../http/method.table.js';

/** What a page of another origin may send; each is one that some route reads. */
const REQUEST_HEADERS = [
  'Accept-Language',
  'ApiKey',
  'Authorization',
  'Content-Type',
  'If-Match',
  'If-None-Match',
  'Last-Event-ID',
  'traceparent',
  'X-CSRF-Token',
  'X-Request-Id',
  'X-XSRF-TOKEN',
].join(', ');

/** What it may read of an answer, beside what every page may. */
const ANSWER_HEADERS = [
  'Age',
  'Cache-Status',
  'ETag',
  'Link',
  'Location',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'WWW-Authenticate',
  'X-Request-Id',
].join(', ');

/** How long a browser need not ask again, in seconds. */
const MAX_AGE = '600';

/**
 * What pages of other origins may do (CORS, Fetch standard §3.2): nothing, but for the origins that are named. Those
 * may send the user's cookies along; `*` never is an answer.
 */
export class CrossOrigin {
  private readonly origins: ReadonlySet<string>;

  constructor(
    origins: readonly string[],
    private readonly methods: MethodTable,
  ) {
    this.origins = new Set(origins);
  }

  /** @returns whether that was the whole answer: the request was a preflight */
  answer({ method, headers, url }: FastifyRequest, reply: FastifyReply): boolean {
    if (this.origins.size === 0) return false;
    // Also for the others: a cache must not give the answer for one origin to another one.
    reply.raw.setHeader('vary', 'Origin');
    const { origin } = headers;
    if (origin === undefined || !this.origins.has(origin)) return false;
    reply.raw.setHeader('access-control-allow-origin', origin);
    reply.raw.setHeader('access-control-allow-credentials', 'true');
    reply.raw.setHeader('access-control-expose-headers', ANSWER_HEADERS);
    if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return false;
    void reply
      .code(204)
      .header('access-control-allow-methods', this.methods.allowedAt(url).join(', '))
      .header('access-control-allow-headers', REQUEST_HEADERS)
      .header('access-control-max-age', MAX_AGE)
      .send();
    return true;
  }
}
