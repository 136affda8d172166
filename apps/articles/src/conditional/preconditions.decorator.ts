import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type ConditionalHeaders, Preconditions } from './preconditions.js';

/** The request's `If-Match` and `If-None-Match`, as {@link Preconditions}. */
export const RequestPreconditions: () => ParameterDecorator = createParamDecorator(
  (_: unknown, context: ExecutionContext) =>
    new Preconditions(context.switchToHttp().getRequest<{ headers: ConditionalHeaders }>().headers),
);
