import { linkToNext } from '@gatehouse/service-kit';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { PageResponse } from './page.response.js';

/** Answers with what admins see, which no cache keeps; of a page with its entries, and where the next one is (RFC 8288). */
@Injectable()
export class PageInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    void reply.header('Cache-Control', 'no-store');
    return next.handle().pipe(
      map((answer: unknown) => {
        if (!(answer instanceof PageResponse)) return answer;
        const last = answer.more ? answer.entries.at(-1) : undefined;
        if (last) void reply.header('Link', linkToNext(http.getRequest<FastifyRequest>().url, last.id));
        return answer.entries;
      }),
    );
  }
}
