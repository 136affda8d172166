import { describedHeaders } from '@gatehouse/service-kit';
import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';

/** For OpenAPI: signing in may fail for reasons of the account, and too often. */
export const MaySignInFail = (): MethodDecorator =>
  applyDecorators(
    ApiResponse({ status: 401, description: 'The address or the password is wrong.' }),
    ApiResponse({
      status: 403,
      description: 'The password is right, but the account may not sign in this way.',
    }),
    ApiResponse({ status: 429, description: 'There were too many attempts.' }),
  );

/** For OpenAPI: there is such a thing already. */
export const MayConflict = (): MethodDecorator =>
  ApiResponse({ status: 409, description: 'There is one already, or it may not be that way.' });

/** For OpenAPI: it was tried too often. */
export const MayBeThrottled = (): MethodDecorator & ClassDecorator =>
  ApiResponse({ status: 429, description: 'There were too many attempts.' });

/** For OpenAPI: an answer sets or clears the cookies of a session. */
export const SetsCookies = (type: new () => object): MethodDecorator =>
  ApiResponse({ status: 200, type, headers: describedHeaders('Set-Cookie') });

/** For OpenAPI: what was made, and where it is. */
export const MadeAt = (type: new () => object): MethodDecorator =>
  ApiResponse({ status: 201, type, headers: describedHeaders('Location') });

/** For OpenAPI: a list in pages. */
export const Pages = (type: new () => object): MethodDecorator =>
  ApiResponse({ status: 200, type: [type], headers: describedHeaders('Link') });

/** For OpenAPI: a page for people. */
export const HtmlPage = (): MethodDecorator =>
  ApiResponse({
    status: 200,
    description: 'A page.',
    content: { 'text/html': { schema: { type: 'string' } } },
  });

/** For OpenAPI: a JSON document that a standard describes. */
export const JsonDocument = (description: string, properties: Record<string, object> = {}): MethodDecorator =>
  ApiResponse({
    status: 200,
    description,
    content: { 'application/json': { schema: { type: 'object', properties, additionalProperties: true } } },
  });
