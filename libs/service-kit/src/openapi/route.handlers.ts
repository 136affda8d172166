import type { INestApplicationContext, Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { RouteHandler } from './route.access.js';

/** A method of a controller. */
export interface HandledRoute {
  readonly controller: Type;
  readonly handler: RouteHandler;
}

/** The handler of each operation, by the operation's id: Swagger tells only the names. */
export function routeHandlers(app: INestApplicationContext): Map<string, HandledRoute> {
  const handlers = new Map<string, HandledRoute>();
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      const controller = metatype as Type;
      for (const method of Object.getOwnPropertyNames(controller.prototype)) {
        const handler = (controller.prototype as Record<string, RouteHandler>)[method]!;
        handlers.set(operationId(controller.name, method), { controller, handler });
      }
    }
  }
  return handlers;
}

/** The id of an operation; those of one method at several addresses differ by what Swagger adds in brackets. */
export function operationId(controller: string, method: string): string {
  return `${controller}_${method}`;
}
