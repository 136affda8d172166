import type { UpstreamAnswer } from '@gatehouse/identity-client';
import { ConditionalExchange } from '@gatehouse/service-kit';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';

type Upstreams = UpstreamAnswer<unknown>;

/**
 * Answers with what another service answered: its body as it came, parsed and written by nobody here, or 304 to who has
 * it already.
 */
@Injectable()
export class PassOnInterceptor implements NestInterceptor<Upstreams, string | undefined> {
  intercept(context: ExecutionContext, next: CallHandler<Upstreams>): Observable<string | undefined> {
    const [request, reply] = context.getArgs<[FastifyRequest, FastifyReply]>();
    return next.handle().pipe(map((answer) => passOn(answer, request, reply)));
  }
}

function passOn(
  { status, headers, text }: Upstreams,
  request: FastifyRequest,
  reply: FastifyReply,
): string | undefined {
  // Whose it is depends on the credential: no cache but the requester's own may keep it.
  void reply.code(status).header('Cache-Control', 'max-age=0, private, must-revalidate');
  for (const name of ['age', 'cache-status']) {
    if (headers[name] !== undefined) void reply.header(name, headers[name]);
  }
  if (headers['link'] !== undefined) void reply.header('link', relativeToHere(headers['link']));
  const tag = headers['etag'];
  const body = tag === undefined ? text : new ConditionalExchange(request, reply).answer({ body: text, tag });
  if (body !== undefined) void reply.type('application/json; charset=utf-8');
  return body;
}

/** Paths in a link are the other service's. Its query alone, on the path that was asked here, leads on. */
function relativeToHere(link: string): string {
  return link.replaceAll(/<[^>?]*(\?[^>]*)>/g, '<$1>');
}
