import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';

/** Takes `{"article": {…}}` for what is in it: older clients wrap their bodies. Runs before validation. */
@Injectable()
export class ArticleEnvelopeInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<{ body?: { article?: unknown } | null }>();
    const wrapped = request.body?.article;
    if (typeof wrapped === 'object' && wrapped !== null) request.body = wrapped;
    return next.handle();
  }
}
