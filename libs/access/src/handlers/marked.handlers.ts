import type { Type } from '@nestjs/common';
import { MetadataScanner, type ModulesContainer } from '@nestjs/core';

type Method = (...values: never[]) => unknown;

/** What handlers of one kind are to have, whatever their application is told: a guard or an interceptor. */
export interface Enhancement {
  /** What a decorator of Nest's leaves on those handlers. */
  readonly mark: string;
  readonly enhancer: Type;
  /** Where Nest keeps a method's enhancers of that kind. */
  readonly keptAs: string;
  /** Nest's decorator that adds one. */
  readonly use: (enhancer: Type) => MethodDecorator;
}

/**
 * Adds it, by name, to every handler of every controller. To be called while providers are made: all controllers are
 * known by then, and no handler is bound yet.
 */
export function enhanceHandlers(modules: ModulesContainer, enhancement: Enhancement): void {
  const { enhancer } = enhancement;
  const all = [...modules.values()];
  const known = all.map(({ providers }) => providers.get(enhancer)).find((each) => each !== undefined);
  for (const { controllers, injectables } of all) {
    const classes = [...controllers.values()].map(({ metatype }) => metatype);
    const enhanced = classes.filter((type) => type && enhance(type.prototype as object, enhancement));
    if (known && enhanced.length > 0 && !injectables.has(enhancer)) injectables.set(enhancer, known);
  }
}

/** The methods of a controller that have the mark. */
export function markedHandlersIn(prototype: object, mark: string): Method[] {
  return new MetadataScanner()
    .getAllMethodNames(prototype)
    .map((name) => (prototype as Record<string, Method>)[name]!)
    .filter((method) => Reflect.hasMetadata(mark, method));
}

/** @returns whether there are any */
function enhance(prototype: object, { mark, enhancer, keptAs, use }: Enhancement): boolean {
  const handlers = markedHandlersIn(prototype, mark);
  for (const value of handlers) {
    const present = (Reflect.getMetadata(keptAs, value) ?? []) as unknown[];
    // A class may serve several applications of one process: once named, each finds its own by that name.
    if (!present.includes(enhancer)) use(enhancer)(prototype, value.name, { value });
  }
  return handlers.length > 0;
}
