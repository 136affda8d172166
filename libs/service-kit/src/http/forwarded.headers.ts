import { currentRequest } from './request.context.js';

/**
 * The headers that go from the request at hand to every service called in its course.
 *
 * @example
 * IdentityClientModule.forRoot({ …, forward: forwardedHeaders });
 */
export function forwardedHeaders(): Record<string, string | undefined> {
  const request = currentRequest();
  return {
    'X-Request-Id': request?.requestId,
    traceparent: request?.traceparent,
    'Accept-Language': request?.acceptLanguage,
  };
}
