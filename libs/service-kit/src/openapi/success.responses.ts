import type { Type } from '@nestjs/common';
import { HEADERS_METADATA } from '@nestjs/common/constants.js';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { NestHandler } from '../routes/nest.handlers.js';
import { addHeaders } from './answer.headers.js';
import type { Operation } from './openapi.types.js';

/** What a handler's own signature tells of its successes: the headers of `@Header()`, and the DTO that it returns. */
export function addOwnAnswer(
  { responses }: Operation,
  { controller, handler }: NestHandler,
  { components }: OpenAPIObject,
): void {
  const own = (Reflect.getMetadata(HEADERS_METADATA, handler) ?? []) as { name: string }[];
  // What may be kept, an interceptor may say as well.
  const names = ['Cache-Control', ...own.map(({ name }) => name)].filter((name) => name !== 'Content-Type');
  const prototype = controller.prototype as object;
  const returned = Reflect.getMetadata('design:returntype', prototype, handler.name) as Type | undefined;
  for (const [status, response] of Object.entries(responses)) {
    if (Number(status) >= 400 || !response || '$ref' in response) continue;
    addHeaders(response, names);
    if (response.content || !returned || !components?.schemas?.[returned.name]) continue;
    response.content = { 'application/json': { schema: { $ref: `#/components/schemas/${returned.name}` } } };
  }
}
