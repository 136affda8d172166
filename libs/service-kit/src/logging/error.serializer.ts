const MAX_CAUSES = 5;

/** What the log tells of an error. */
export interface LoggedError {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: LoggedError;
}

/**
 * Writes an error and its causes for the log. Its other members stay out of it: a failed query carries its parameters,
 * a failed call the request's headers, and both may be secrets.
 */
export function serializeError(thrown: unknown, causesLeft = MAX_CAUSES): LoggedError {
  if (!(thrown instanceof Error))
    return { type: typeof thrown, message: 'Something that is no Error was thrown.' };
  const { name, message, stack, cause } = thrown;
  const { code } = thrown as { code?: unknown };
  return {
    type: name,
    message,
    ...(typeof code === 'string' && { code }),
    ...(stack !== undefined && { stack }),
    ...(cause !== undefined && causesLeft > 0 && { cause: serializeError(cause, causesLeft - 1) }),
  };
}
