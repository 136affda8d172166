import { Injectable, UseGuards } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { JwtAuthGuard } from '../guard/jwt-auth.guard.js';

/** What `@MessagePattern()` and `@EventPattern()` leave on a method. */
const PATTERN = 'microservices:pattern';
const GUARDS = '__guards__';

type Method = (...values: never[]) => unknown;

/**
 * Puts the guard in front of every message handler by name. Nest leaves an application's own guards out of the
 * microservices that `connectMicroservice` adds, unless it is told `inheritAppConfig`: for want of that no handler may
 * be open.
 */
@Injectable()
export class GuardedHandlers {
  /** While providers are made: all controllers are known by then, and no handler is bound yet. */
  constructor(modules: ModulesContainer) {
    const all = [...modules.values()];
    const guard = all
      .map(({ providers }) => providers.get(JwtAuthGuard))
      .find((known) => known !== undefined);
    for (const { controllers, injectables } of all) {
      const classes = [...controllers.values()].map(({ metatype }) => metatype);
      const guarded = classes.filter((type) => type && guardHandlers(type.prototype as object));
      if (guard && guarded.length > 0 && !injectables.has(JwtAuthGuard)) injectables.set(JwtAuthGuard, guard);
    }
  }
}

/** The methods of a controller that handle messages. */
export function messageHandlersIn(prototype: object): Method[] {
  return new MetadataScanner()
    .getAllMethodNames(prototype)
    .map((name) => (prototype as Record<string, Method>)[name]!)
    .filter((method) => Reflect.hasMetadata(PATTERN, method));
}

/** @returns whether there are any */
function guardHandlers(prototype: object): boolean {
  const handlers = messageHandlersIn(prototype);
  for (const value of handlers) {
    const guards = (Reflect.getMetadata(GUARDS, value) ?? []) as unknown[];
    // A class may serve several applications of one process: once named, each finds its own guard by that name.
    if (!guards.includes(JwtAuthGuard)) UseGuards(JwtAuthGuard)(prototype, value.name, { value });
  }
  return handlers.length > 0;
}
