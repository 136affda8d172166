import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { filter, interval, type Observable, share, takeUntil } from 'rxjs';
import { Authority } from '../guard/authority.js';
import { callerIn } from '../principal/caller.js';

/** How often it is looked whether the tokens still are good. Milliseconds. */
const LOOK_EVERY = 500;

/** Ends an event stream with the token that it was opened with: Nest asks guards once, when a stream begins. */
@Injectable()
export class EventStreamEnd implements NestInterceptor {
  /** One timer for all streams, and none without any. */
  private readonly looks = interval(LOOK_EVERY).pipe(share());

  constructor(private readonly authority: Authority) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const caller = callerIn(context);
    if (!caller) return next.handle();
    const standing = await this.authority.identify(caller.token);
    const end = this.looks.pipe(filter(() => this.authority.hasEnded(standing)));
    return next.handle().pipe(takeUntil(end));
  }
}
