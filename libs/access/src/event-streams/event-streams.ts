import { Injectable, UseInterceptors } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { enhanceHandlers } from '../handlers/marked.handlers.js';
import { EventStreamEnd } from './event-stream.end.js';

/** Has every event stream end with its token, and costs other routes nothing: an interceptor for all of them would. */
@Injectable()
export class EventStreams {
  constructor(modules: ModulesContainer) {
    enhanceHandlers(modules, {
      mark: '__sse__',
      enhancer: EventStreamEnd,
      keptAs: '__interceptors__',
      use: UseInterceptors,
    });
  }
}
