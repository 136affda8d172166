/** How long a store may take to answer, in milliseconds. */
const DEADLINE = 50;

/**
 * The answer, if it comes in time. Where this process itself was busy the answer may have come meanwhile: it is read
 * before `setImmediate` calls.
 *
 * @throws Error when it does not
 */
export async function promptly<T>(answer: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const giveUp = () => late.reject(new Error(`no answer within ${DEADLINE} ms`));
  const timer = setTimeout(() => setImmediate(giveUp), DEADLINE);
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
