import { Injectable, UseGuards } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { JwtAuthGuard } from '../guard/jwt-auth.guard.js';
import { enhanceHandlers } from '../handlers/marked.handlers.js';

/** What `@MessagePattern()` and `@EventPattern()` leave on a method. */
export const MESSAGE_PATTERN = 'microservices:pattern';

/**
 * Puts the guard in front of every message handler by name. Nest leaves an application's own guards out of the
 * microservices that `connectMicroservice` adds, unless it is told `inheritAppConfig`: for want of that no handler may
 * be open.
 */
@Injectable()
export class GuardedHandlers {
  constructor(modules: ModulesContainer) {
    enhanceHandlers(modules, {
      mark: MESSAGE_PATTERN,
      enhancer: JwtAuthGuard,
      keptAs: '__guards__',
      use: UseGuards,
    });
  }
}
