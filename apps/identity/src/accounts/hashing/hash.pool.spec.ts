import { Metrics } from '@gatehouse/service-kit';
import { afterAll, describe, expect, it } from 'vitest';
import { HashingOverloaded, HashPool } from './hash.pool.js';

const pool = new HashPool(new Metrics());
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
afterAll(() => pool.onApplicationShutdown());

describe('HashPool', () => {
  it('answers 64 at once, and sheds what a flood brings beyond its queue with a time to try again', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 400 }, (_, i) => pool.run({ kind: 'hash', password: `password ${i}`, cost })),
    );
    const shed = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason);

    expect(outcomes.slice(0, 64).every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(shed.length).toBeGreaterThan(200);
    expect(shed.every((error) => error instanceof HashingOverloaded)).toBe(true);
    expect(shed[0].headers).toEqual({ 'Retry-After': '1' });
    expect(pool.waiting).toBe(0);
  });

  it('leaves the event loop and the shared thread pool alone while it works', async () => {
    const { pbkdf2 } = await import('node:crypto');
    const flood = Promise.all(
      Array.from({ length: 40 }, (_, i) => pool.run({ kind: 'hash', password: `password ${i}`, cost })),
    );
    let others = 0;
    while (pool.waiting > 0) {
      await new Promise((resolve, reject) =>
        pbkdf2('x', 'y', 1, 8, 'sha256', (error, key) => (error ? reject(error) : resolve(key))),
      );
      others += 1;
    }
    await flood;

    expect(others).toBeGreaterThan(100);
  });
});
