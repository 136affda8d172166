import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConditionalExchange } from './conditional.exchange.js';

/**
 * Gives a handler the request and its answer, as a {@link ConditionalExchange}. An interceptor would cost a reader twice
 * the time of the query.
 *
 * @example
 * show(@Param() { id }: ArticlePath, @Exchange() exchange: ConditionalExchange) {
 *   return exchange.answer(articleRepresentation(await this.articles.get(id)));
 * }
 */
export const Exchange: () => ParameterDecorator = createParamDecorator(
  (_: unknown, context: ExecutionContext) =>
    new ConditionalExchange(...context.getArgs<[FastifyRequest, FastifyReply]>()),
);
