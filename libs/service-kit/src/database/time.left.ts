import { currentRequest } from '../http/request.context.js';

/**
 * Whoever asks for something has an answer within two seconds, a refusal if need be. A process that shares its cores
 * with others is some of that late. Milliseconds.
 */
const ANSWER_WITHIN = 1_600;
/** Less than that is not worth beginning. Milliseconds. */
const LEAST = 300;
/** Whoever is still there after so long follows a stream. Milliseconds. */
const STREAM = 10_000;

/**
 * How long the database may be waited for: less, where the request at hand has waited before.
 *
 * @param most milliseconds
 */
export function timeLeft(most: number): number {
  const request = currentRequest();
  const passed = request === undefined ? Number.POSITIVE_INFINITY : performance.now() - request.begunAt;
  return passed > STREAM ? most : Math.min(most, Math.max(LEAST, ANSWER_WITHIN - passed));
}
