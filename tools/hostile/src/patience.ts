import { Credentials } from './credentials.ts';
import type { Service } from './services.ts';

const ATTEMPTS = 48;
const AT_ONCE = 8;
/** Milliseconds. */
const HANG = 1_000;

/**
 * How long an answer may take, in milliseconds: a second, or, on a machine that others keep busy, three times what the
 * slowest of the good requests takes while nothing hostile is sent. That is signing in, of which several wait in line.
 */
export async function patienceWith(identity: Service): Promise<number> {
  const credentials = new Credentials(identity);
  const times: number[] = [];
  const signIn = async () => {
    while (times.length < ATTEMPTS) {
      const start = performance.now();
      await credentials.signIn();
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, signIn));
  return Math.max(HANG, 3 * Math.max(...times));
}
