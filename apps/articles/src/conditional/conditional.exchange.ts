import type { FastifyReply, FastifyRequest } from 'fastify';
import { Preconditions } from './preconditions.js';
import type { Representation } from './representation.js';

/** One request for something that has an entity tag, and the answer to it. */
export class ConditionalExchange {
  constructor(
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
  ) {}

  /** The address, as it was sent. */
  get url(): string {
    return this.request.url;
  }

  /** The request's `If-Match` and `If-None-Match`. */
  get preconditions(): Preconditions {
    return new Preconditions(this.request.headers);
  }

  /**
   * Writes the headers of a {@link Representation}, and 304 where a reader has it already.
   *
   * @returns its body, for the handler to give; undefined where there is to be none
   * @throws PreconditionFailed when the reader wants it in another state
   */
  answer<T>({ body, tag, headers }: Representation<T>): T | undefined {
    const { request, reply } = this;
    void reply.headers(headers).header('ETag', tag);
    if (request.method !== 'GET' && request.method !== 'HEAD') return body;
    const preconditions = this.preconditions;
    preconditions.assertMatch(tag);
    if (!preconditions.alreadyHas(tag)) return body;
    void reply.code(304);
    return undefined;
  }
}
