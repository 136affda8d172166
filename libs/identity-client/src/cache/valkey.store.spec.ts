import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { json, type TestAnswer } from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callerOf, createTestClient, type TestClient } from '../testing/test.client.js';
import { testStores } from '../testing/test.stores.js';

const ALICE = callerOf('usr_alice');
const CACHE = { fresh: 60 };

const counting = (): TestAnswer => {
  let count = 0;
  return (request, response) => json((count += 1))(request, response);
};
const get = (test: TestClient, caller = ALICE): Promise<number> =>
  test.client.get<number>('articles', '/articles', { caller, cache: CACHE }).then(({ data }) => data);

describe('a Valkey that is away', () => {
  let server: Server;
  let test: TestClient;
  const sockets = new Set<Socket>();

  beforeEach(async () => {
    // Takes connections and says nothing, as a paused one does.
    server = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    test = await createTestClient({ redisUrl: `redis://127.0.0.1:${port}`, deadline: 2_000 });
    test.articles.answer = counting();
  });
  afterEach(async () => {
    await test.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it('costs no more than a moment, and no answer', async () => {
    const start = performance.now();
    expect([await get(test), await get(test), await get(test)]).toEqual([1, 2, 3]);
    expect(performance.now() - start).toBeLessThan(500);
    await test.client.purge({ kind: 'subject', id: ALICE.id });
  });

  it('still lets requests under way be shared', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => get(test)));
    expect(test.articles.requests.length).toBeLessThanOrEqual(20);
    expect(answers).toHaveLength(20);
  });
});

describe.each(testStores(2).filter(({ name }) => name === 'valkey'))(
  'two replicas of one service on $name',
  ({ create }) => {
    let replicas: TestClient[];

    beforeEach(async () => {
      const redisUrl = await create();
      replicas = await Promise.all([1, 2].map(() => createTestClient({ redisUrl, deadline: 2_000 })));
      const [one, other] = replicas as [TestClient, TestClient];
      one.articles.answer = counting();
      other.articles.answer = json('the other');
    });
    afterEach(() => Promise.all(replicas.map((replica) => replica.close())));

    it('share what they keep, and what they forget', async () => {
      const [one, other] = replicas as [TestClient, TestClient];
      const kept = await get(one);
      expect(await get(other)).toBe(kept);
      await other.client.purge({ kind: 'session', id: ALICE.sessionId! });
      expect(await get(one)).toBe(kept + 1);
      await one.client.purge();
      expect(await get(other)).toBe('the other');
    });
  },
);
