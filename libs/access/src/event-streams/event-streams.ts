import { Injectable, UseInterceptors } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { EventStreamEnd } from './event-stream.end.js';

/** What `@Sse()` leaves on a method. */
const IS_STREAM = '__sse__';
const INTERCEPTORS = '__interceptors__';

type Method = (...values: never[]) => unknown;

/** Has every event stream end with its token, and costs other routes nothing: an interceptor for all of them would. */
@Injectable()
export class EventStreams {
  /** While providers are made: all controllers are known by then, and no route is bound yet. */
  constructor(modules: ModulesContainer) {
    const all = [...modules.values()];
    const end = all
      .map(({ providers }) => providers.get(EventStreamEnd))
      .find((known) => known !== undefined);
    for (const { controllers, injectables } of all) {
      const classes = [...controllers.values()].map(({ metatype }) => metatype);
      const streaming = classes.filter((type) => type && endStreamsOf(type.prototype as object));
      if (end && streaming.length > 0) injectables.set(EventStreamEnd, end);
    }
  }
}

/** @returns whether there are any */
function endStreamsOf(prototype: object): boolean {
  const streams = new MetadataScanner()
    .getAllMethodNames(prototype)
    .map((name) => (prototype as Record<string, Method>)[name]!)
    .filter((method) => Reflect.hasMetadata(IS_STREAM, method));
  for (const value of streams) {
    const present = (Reflect.getMetadata(INTERCEPTORS, value) ?? []) as unknown[];
    // A class may serve several applications of one process: once named, each finds its own by that name.
    if (!present.includes(EventStreamEnd)) UseInterceptors(EventStreamEnd)(prototype, value.name, { value });
  }
  return streams.length > 0;
}
