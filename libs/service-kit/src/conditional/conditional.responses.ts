import { applyDecorators, type Type } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { describedHeaders } from '../openapi/answer.headers.js';

/** For OpenAPI: what has an entity tag, and is not sent again to who has it. `more` are further headers of the answer. */
export const TaggedResponse = (type: Type | [Type], ...more: string[]): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: 'The `ETag` of what is known.',
    }),
    ApiResponse({ status: 200, type, headers: describedHeaders('ETag', ...more) }),
    ApiResponse({
      status: 304,
      description: 'It is the one of `If-None-Match`.',
      headers: describedHeaders('ETag', ...more),
    }),
    ApiResponse({ status: 412, description: 'It is not the one of `If-Match`.' }),
  );

/** For OpenAPI: what has just been made, its entity tag, and where it is. */
export const CreatedResponse = (type: Type): MethodDecorator =>
  applyDecorators(
    ApiResponse({ status: 201, type, headers: describedHeaders('ETag', 'Location') }),
    ApiResponse({ status: 412, description: 'The list is in a state that the request rules out.' }),
  );

/** For OpenAPI: what it has become, and its entity tag. */
export const ChangedResponse = (type: Type): MethodDecorator =>
  ApiResponse({ status: 200, type, headers: describedHeaders('ETag') });

/** For OpenAPI: a write that happens only to the version that the caller has seen. */
export const IfUnchanged = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The strong `ETag` of what is to be changed, or `*`.',
    }),
    ApiResponse({ status: 412, description: 'It has changed since.' }),
  );
