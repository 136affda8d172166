import { Redis } from 'ioredis';

/** Where answers may be kept, for what has to hold everywhere. */
export interface TestStoreKind {
  name: 'memory' | 'valkey';
  /** What `redisUrl` is to be; whatever was there before is gone. */
  create: () => Promise<string | undefined>;
}

/**
 * Memory, and Valkey or Redis where `TEST_REDIS_URL` names one that is for tests alone.
 *
 * @param database the number of one that no other spec uses, since they run at once: it is emptied
 */
export function testStores(database: number): TestStoreKind[] {
  const server = process.env['TEST_REDIS_URL'];
  const url = server && new URL(`/${database}`, server).href;
  const memory: TestStoreKind = { name: 'memory', create: () => Promise.resolve(undefined) };
  return url === undefined ? [memory] : [memory, { name: 'valkey', create: () => emptied(url) }];
}

async function emptied(url: string): Promise<string> {
  const redis = new Redis(url);
  await redis.flushdb();
  redis.disconnect();
  return url;
}
