import { currentRequest } from '../http/request.context.js';

/** Whoever asks for something has an answer within two seconds, a refusal if need be. Milliseconds. */
const ANSWER_WITHIN = 1_900;
/** Less than that is not worth beginning. Milliseconds. */
const LEAST = 300;

/**
 * How long the database may be waited for: less, where the request at hand has waited before. One that is late all the
 * same, such as a stream, does not become quicker by being cut short.
 *
 * @param most milliseconds
 */
export function timeLeft(most: number): number {
  const request = currentRequest();
  const left = request === undefined ? 0 : ANSWER_WITHIN - (performance.now() - request.begunAt);
  return left > 0 ? Math.min(most, Math.max(LEAST, left)) : most;
}
