import { styleText } from 'node:util';

/** Says what is being done, does it, and says how long it took. */
export async function during<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  process.stdout.write(`${what} … `);
  try {
    return await work();
  } finally {
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    process.stdout.write(`${styleText('dim', `${seconds} s`)}\n`);
  }
}
