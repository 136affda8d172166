import { type INestApplicationContext, RequestMethod, type Type } from '@nestjs/common';
import { GUARDS_METADATA, METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import type { RouteHandler } from './route.access.js';

/** A controller's method that answers at an address. */
export interface NestHandler {
  readonly controller: Type;
  readonly name: string;
  readonly handler: RouteHandler;
  readonly method: string;
  readonly path: string;
  /** The guards that it or its controller names. */
  readonly guards: readonly string[];
}

/** Every handler of every controller, from the metadata that Nest itself routes by. */
export function nestHandlers(app: INestApplicationContext): NestHandler[] {
  const modules = [...app.get(ModulesContainer).values()];
  const controllers = modules.flatMap((module) =>
    [...module.controllers.values()].map(({ metatype }) => metatype as Type),
  );
  return [...new Set(controllers)].flatMap(handlersOf);
}

function handlersOf(controller: Type): NestHandler[] {
  const prototype = controller.prototype as Record<string, RouteHandler>;
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name]!;
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const guards = [controller, handler].flatMap(
      (each) => (Reflect.getMetadata(GUARDS_METADATA, each) as Type[] | undefined) ?? [],
    );
    const own = {
      controller,
      name,
      handler,
      method: RequestMethod[method],
      guards: guards.map((guard) => guard.name),
    };
    return pathsOf(controller).flatMap((base) =>
      pathsOf(handler).map((path) => ({ ...own, path: joined(base, path) })),
    );
  });
}

function pathsOf(target: object): string[] {
  return [Reflect.getMetadata(PATH_METADATA, target) as string | string[]].flat();
}

function joined(base: string, path: string): string {
  return `/${base}/${path}`.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
}
