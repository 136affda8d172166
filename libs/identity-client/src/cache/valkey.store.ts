import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Logger, type OnModuleDestroy } from '@nestjs/common';
import type { NotEmptyStorageValue, StorageValue } from 'axios-cache-interceptor';
import { Redis } from 'ioredis';
import { type AnswerStore, type Ended, type Owner, placeIn } from './answer.store.js';
import { promptly } from './promptly.js';
import { PLACE_OF_OWNER } from './valkey.scripts.js';

/** For how long it is let alone after it did not answer in time, in milliseconds. */
const PAUSE = 1_000;
/** Seconds an owner's place is remembered after it was last asked for. */
const PLACE_LIFE = 86_400;
/** The place of owners while Valkey is away: nothing is kept there. */
const NOWHERE = 'nowhere';

/**
 * Keeps answers in Valkey or Redis, for all replicas of a service. While it is away nothing is found and nothing kept:
 * calls go to the upstream as they would without a cache. Which requests are under way is each replica's own affair.
 */
export class ValkeyStore implements AnswerStore, OnModuleDestroy {
  readonly #logger = new Logger(ValkeyStore.name);
  readonly #loading = new Map<string, NotEmptyStorageValue>();
  #pausedUntil = 0;
  #missedPurge = false;

  private constructor(
    private readonly redis: Redis,
    private readonly service: string,
  ) {
    redis.on('error', (error) => this.#pause(error));
  }

  /**
   * Waits a moment for the connection, and not for Valkey to be there.
   *
   * @param url `redis://[user:password@]host:port[/database]`, or `rediss://` for TLS
   * @param service whose answers these are
   */
  static async open(url: string, service: string): Promise<ValkeyStore> {
    const redis = new Redis(url, {
      connectTimeout: PAUSE,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => Math.min(100 * times, 2_000),
    });
    const store = new ValkeyStore(redis, service);
    await once(redis, 'ready', { signal: AbortSignal.timeout(PAUSE) }).catch((error: unknown) =>
      store.#pause(error),
    );
    return store;
  }

  async placeOf({ subject, links }: Owner): Promise<string> {
    if (this.#missedPurge) await this.purge();
    const keys = [
      this.#name('era'),
      this.#name('place', subject),
      ...links.map(({ kind, id }) => this.#name(kind, id)),
    ];
    const place = await this.#try(() =>
      this.redis.eval(PLACE_OF_OWNER, keys.length, ...keys, randomUUID(), PLACE_LIFE, subject),
    );
    return typeof place === 'string' ? place : `${NOWHERE}:${subject.replaceAll(' ', '+')}`;
  }

  async find(key: string): Promise<StorageValue | undefined> {
    const loading = this.#loading.get(key);
    if (loading || isNowhere(key)) return loading;
    const text = await this.#try(() => this.redis.get(this.#name('answer', key)));
    return text ? (JSON.parse(text) as StorageValue) : undefined;
  }

  async set(key: string, value: NotEmptyStorageValue): Promise<void> {
    if (value.state === 'loading') {
      this.#loading.set(key, value);
      return;
    }
    this.#loading.delete(key);
    if (isNowhere(key)) return;
    const name = this.#name('answer', key);
    const text = JSON.stringify(value);
    const life = lifeOf(value);
    await this.#try(() =>
      life === undefined
        ? this.redis.set(name, text, 'KEEPTTL', 'XX')
        : this.redis.set(name, text, 'PX', life),
    );
  }

  async remove(key: string): Promise<void> {
    this.#loading.delete(key);
    if (!isNowhere(key)) await this.#try(() => this.redis.del(this.#name('answer', key)));
  }

  async purge(ended?: Ended): Promise<void> {
    const purged = await this.#try(async () => {
      const subject = await this.#concernedBy(ended);
      if (subject === undefined) await this.redis.incr(this.#name('era'));
      else if (subject !== null) await this.redis.del(this.#name('place', subject));
      return true;
    });
    // What could not be forgotten must not be found when Valkey is back: then everything is forgotten.
    if (purged) this.#missedPurge &&= ended !== undefined;
    else this.#missedPurge = true;
  }

  onModuleDestroy(): void {
    this.redis.disconnect();
  }

  /** The subject; null where there is none, undefined where it could be any. */
  async #concernedBy(ended: Ended | undefined): Promise<string | null | undefined> {
    switch (ended?.kind) {
      case 'subject':
      case 'client':
        return ended.id;
      case 'session':
      case 'token':
        return this.redis.get(this.#name(ended.kind, ended.id));
      default:
        return undefined;
    }
  }

  #name(...parts: string[]): string {
    return ['gatehouse', this.service, ...parts].join(':');
  }

  async #try<T>(command: () => Promise<T>): Promise<T | undefined> {
    if (Date.now() < this.#pausedUntil) return undefined;
    try {
      return await promptly(command());
    } catch (error) {
      this.#pause(error);
      return undefined;
    }
  }

  #pause(error: unknown): void {
    if (Date.now() >= this.#pausedUntil) this.#logger.warn({ err: error }, 'The cache is away');
    this.#pausedUntil = Date.now() + PAUSE;
  }
}

function isNowhere(key: string): boolean {
  return placeIn(key).startsWith(NOWHERE);
}

/** Milliseconds that a value is of use; undefined for one whose time was set before. */
function lifeOf(value: NotEmptyStorageValue): number | undefined {
  if (value.state !== 'cached') return undefined;
  return Math.max(1, value.ttl + (value.staleTtl ?? 0));
}
