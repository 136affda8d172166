import type { FastifyReply, FastifyRequest } from 'fastify';
import { Preconditions } from './preconditions.js';
import type { Representation } from './representation.js';

/** For the requester's own cache, which asks each time whether it is still current. */
const CACHE_CONTROL = 'max-age=0, private, must-revalidate';

/**
 * One request for something that has an entity tag, and the answer to it (RFC 9110 §13). A handler has it by
 * {@link Exchange}.
 */
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
   * For a request that adds to a list, whose state is looked up where the request names one, and not otherwise.
   *
   * @param list as a reader would get it at this address
   * @throws PreconditionFailed when the list is in another state than was meant
   */
  async assertMet(list: () => Promise<Representation<unknown>>): Promise<void> {
    const preconditions = this.preconditions;
    if (preconditions.given) preconditions.assertMet((await list()).tag);
  }

  /**
   * Writes the headers of a {@link Representation}, and 304 where a reader has it already.
   *
   * @returns its body, for the handler to give; undefined where there is to be none
   * @throws PreconditionFailed when the reader wants it in another state
   */
  answer<T>({ body, tag, headers }: Representation<T>): T | undefined {
    const { request, reply } = this;
    void reply.headers({ 'Cache-Control': CACHE_CONTROL, ...headers, ETag: tag });
    if (request.method !== 'GET' && request.method !== 'HEAD') return body;
    const preconditions = this.preconditions;
    preconditions.assertMatch(tag);
    if (!preconditions.alreadyHas(tag)) return body;
    void reply.code(304);
    return undefined;
  }
}
