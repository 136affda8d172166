import { Metrics } from '@gatehouse/service-kit';
import type { Step } from '../load/closed.loop.js';

/** What identity's pool of hashing threads offers. */
interface Pool {
  run(job: object): Promise<string | boolean>;
  onApplicationShutdown(): Promise<void>;
}

const POOL = new URL('../../../../apps/identity/dist/accounts/hashing/hash.pool.js', import.meta.url);
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const password = 'opensesame-please';

/** The hash of a sign-in by itself, in identity's own threads: no sign-in can be quicker. */
export async function hashAlone(
  connections: number,
): Promise<{ steps: readonly Step[]; stop: () => Promise<void> }> {
  const { HashPool } = (await import(POOL.href)) as { HashPool: new (metrics: Metrics) => Pool };
  const pool = new HashPool(new Metrics());
  const digest = await pool.run({ kind: 'hash', password, cost: COST });
  const verify = async (): Promise<void> => {
    if (!(await pool.run({ kind: 'verify-argon2id', password, digest })))
      throw new Error('it does not match');
  };
  return {
    steps: Array.from({ length: connections }, () => verify),
    stop: () => pool.onApplicationShutdown(),
  };
}
