import type { UpstreamAnswer } from '@gatehouse/identity-client';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';

/** Answers with what another service answered: its body as it came, parsed and written by nobody here. */
@Injectable()
export class PassOnInterceptor implements NestInterceptor<UpstreamAnswer<unknown>, string> {
  intercept(context: ExecutionContext, next: CallHandler<UpstreamAnswer<unknown>>): Observable<string> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((answer) => passOn(answer, reply)));
  }
}

function passOn({ status, headers, text }: UpstreamAnswer<unknown>, reply: FastifyReply): string {
  void reply.code(status).headers({
    'Content-Type': 'application/json; charset=utf-8',
    // Whose it is depends on the credential: no cache but the requester's own may keep it.
    'Cache-Control': 'max-age=0, private, must-revalidate',
  });
  for (const name of ['age', 'cache-status']) {
    if (headers[name] !== undefined) void reply.header(name, headers[name]);
  }
  if (headers['link'] !== undefined) void reply.header('link', relativeToHere(headers['link']));
  return text;
}

/** Paths in a link are the other service's. Its query alone, on the path that was asked here, leads on. */
function relativeToHere(link: string): string {
  return link.replaceAll(/<[^>?]*(\?[^>]*)>/g, '<$1>');
}
