import { Redis } from 'ioredis';
import type { Adapter, AdapterPayload } from 'oidc-provider';

/** What is used up, and so kept as a hash that can be marked. */
const CONSUMABLE = new Set(['AuthorizationCode', 'RefreshToken', 'DeviceCode']);
/** What belongs to a grant, and so is listed under it. */
const GRANTABLE = new Set([...CONSUMABLE, 'AccessToken']);

/** The adapter for Redis of oidc-provider's examples, as far as refreshing and client credentials need it. */
export function redisAdapter(url: string): new (model: string) => Adapter {
  const redis = new Redis(url);

  return class RedisAdapter implements Adapter {
    constructor(private readonly model: string) {}

    async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
      const key = this.key(id);
      const text = JSON.stringify(payload);
      const multi = redis.multi();
      if (CONSUMABLE.has(this.model)) multi.hset(key, { payload: text });
      else multi.set(key, text);
      if (expiresIn) multi.expire(key, expiresIn);
      if (GRANTABLE.has(this.model) && payload.grantId !== undefined) {
        const grant = `grant:${payload.grantId}`;
        multi.rpush(grant, key);
        // The list lives as long as its longest-lived member.
        if (expiresIn > (await redis.ttl(grant))) multi.expire(grant, expiresIn);
      }
      await multi.exec();
    }

    async find(id: string): Promise<AdapterPayload | undefined> {
      if (!CONSUMABLE.has(this.model)) {
        const text = await redis.get(this.key(id));
        return text === null ? undefined : (JSON.parse(text) as AdapterPayload);
      }
      const { payload, ...marks } = await redis.hgetall(this.key(id));
      return payload === undefined ? undefined : { ...marks, ...(JSON.parse(payload) as AdapterPayload) };
    }

    async consume(id: string): Promise<void> {
      await redis.hset(this.key(id), 'consumed', Math.floor(Date.now() / 1_000));
    }

    async destroy(id: string): Promise<void> {
      await redis.del(this.key(id));
    }

    findByUserCode = async (): Promise<undefined> => undefined;
    findByUid = async (): Promise<undefined> => undefined;
    revokeByGrantId = async (): Promise<undefined> => undefined;

    private key(id: string): string {
      return `${this.model}:${id}`;
    }
  };
}
