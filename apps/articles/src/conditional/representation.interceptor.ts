import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { Preconditions } from './preconditions.js';
import type { Representation } from './representation.js';

/** Writes a {@link Representation}: its headers, and 304 instead of its body where the requester has it already. */
@Injectable()
export class RepresentationInterceptor implements NestInterceptor<Representation<unknown> | undefined> {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const [request, reply] = context.getArgs<[FastifyRequest, FastifyReply]>();
    return next.handle().pipe(map((representation) => write(representation, request, reply)));
  }
}

function write(
  representation: Representation<unknown> | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): unknown {
  if (!representation) return undefined;
  const { body, tag, headers } = representation;
  void reply.headers({ ...headers, ETag: tag });
  if (request.method !== 'GET' && request.method !== 'HEAD') return body;
  const preconditions = new Preconditions(request.headers);
  preconditions.assertMatch(tag);
  if (!preconditions.alreadyHas(tag)) return body;
  void reply.code(304);
  return undefined;
}
