import { Injectable, type Type, UseGuards } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { JwtAuthGuard } from '../guard/jwt-auth.guard.js';

/** What `@MessagePattern()` and `@EventPattern()` leave on a method. */
const PATTERN = 'microservices:pattern';
const GUARDS = '__guards__';

/**
 * Puts the guard in front of every message handler by name. Nest leaves an application's own guards out of the
 * microservices that `connectMicroservice` adds, unless it is told `inheritAppConfig`: for want of that no handler may
 * be open.
 */
@Injectable()
export class GuardedHandlers {
  private readonly scanner = new MetadataScanner();

  /** While providers are made: all controllers are known by then, and no handler is bound yet. */
  constructor(modules: ModulesContainer) {
    const all = [...modules.values()];
    const guard = all
      .map(({ providers }) => providers.get(JwtAuthGuard))
      .find((known) => known !== undefined);
    for (const { controllers, injectables } of all) {
      const types = [...controllers.values()].map(({ metatype }) => metatype as Type<object> | null);
      if (types.filter((type) => type && this.guard(type.prototype as object)).length === 0) continue;
      if (guard && !injectables.has(JwtAuthGuard)) injectables.set(JwtAuthGuard, guard);
    }
  }

  /** @returns whether there are message handlers */
  private guard(prototype: object): boolean {
    const handlers = this.scanner
      .getAllMethodNames(prototype)
      .map((name) => (prototype as Record<string, unknown>)[name] as () => unknown)
      .filter((method) => Reflect.hasMetadata(PATTERN, method));
    for (const value of handlers) {
      const guards = (Reflect.getMetadata(GUARDS, value) ?? []) as unknown[];
      // A class may serve several applications of one process: once named, each finds its own guard by that name.
      if (!guards.includes(JwtAuthGuard)) UseGuards(JwtAuthGuard)(prototype, value.name, { value });
    }
    return handlers.length > 0;
  }
}
