import { Inject, Injectable } from '@nestjs/common';
import { create as createAxios, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import {
  buildStorage,
  type NotEmptyStorageValue,
  setupCache,
  type AxiosCacheInstance,
  type StorageValue,
} from 'axios-cache-interceptor';
import { IDENTITY_CLIENT_OPTIONS, type ResolvedOptions } from '../identity-client.options.js';
import { UpstreamAnswer } from '../upstream/upstream.answer.js';
import { CallerRefused } from '../upstream/upstream.errors.js';
import { ANSWER_STORE, type AnswerStore, type Ended, keyIn, type Owner } from './answer.store.js';
import { cacheErrorOf, mayStandIn } from './cache.errors.js';
import { type CacheOutcome, cacheStatus } from './cache.status.js';
import { cacheControlFor, type CacheTimes } from './cache.times.js';
import { type CachedAnswer, kept } from './cached.answer.js';

/** What is asked for through the cache. */
export interface CacheableCall<T> {
  upstream: string;
  owner: Owner;
  /** Tells this answer from the owner's others. */
  name: string;
  times: CacheTimes;
  /** Those an upstream's `Vary` may name. No credential is among them: what is kept never holds one. */
  headers: Readonly<Record<string, string | undefined>>;
  /** Asks the upstream; with a validator, 304 is an answer as well. Rejects with whatever is no success. */
  load: (validator: { 'If-None-Match'?: string }) => Promise<UpstreamAnswer<T>>;
}

/** How the upstream answered, where it was asked. */
interface Forward {
  status?: number;
  failed?: boolean;
}

/** Keeps answers for their owners alone: axios-cache-interceptor, with a way past it for what is fresh. */
@Injectable()
export class AnswerCache {
  readonly #axios: AxiosCacheInstance;

  constructor(
    @Inject(ANSWER_STORE) private readonly store: AnswerStore,
    @Inject(IDENTITY_CLIENT_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    this.#axios = setupCache(createAxios(), {
      storage: buildStorage({
        find: (key) => store.find(key),
        set: (key, value) => store.set(key, validated(value)),
        remove: (key) => store.remove(key),
      }),
      generateKey: ({ url = '' }, meta) => (meta?.vary ? `${url} ${JSON.stringify(meta.vary)}` : url),
      cachePredicate: { statusCheck: (status) => status === 200 },
      cacheTakeover: false,
    });
  }

  /** The answer that is kept while it is fresh, else the upstream's, else the one kept where it may stand in. */
  async get<T>(call: CacheableCall<T>): Promise<UpstreamAnswer<T>> {
    const key = keyIn(await this.store.placeOf(call.owner), call.name);
    const known = freshIn(await this.store.find(key));
    return known ? this.#answer(call, known, { kind: 'hit' }) : this.#ask(key, call);
  }

  /** Forgets what is kept for whom that concerns; for all, where nothing is named. */
  async purge(ended?: Ended): Promise<void> {
    await this.store.purge(ended);
  }

  async #ask<T>(key: string, call: CacheableCall<T>): Promise<UpstreamAnswer<T>> {
    let forward: Forward | undefined;
    try {
      const { data } = await this.#axios.request<CachedAnswer>({
        url: key,
        headers: { ...call.headers },
        adapter: (config) => forwarded(config, call, (forward = {})),
        // Every success brings its own times; this decides alone, for the interceptor's count starts anew at each error.
        cache: {
          staleIfError: (_, { data }, { cause }) => mayStandIn(cause, data?.data as CachedAnswer, call.times),
        },
      });
      return this.#answer(call, data, outcomeOf(forward, data, call.times));
    } catch (error) {
      const { cause } = error as Error;
      // That another token of the same subject was refused says nothing of this one.
      if (!forward && cause instanceof CallerRefused) return call.load({});
      throw cause ?? error;
    }
  }

  #answer<T>(
    { upstream, times }: CacheableCall<T>,
    { status, headers, text, validatedAt }: CachedAnswer,
    outcome: Omit<CacheOutcome, 'ttl'>,
  ): UpstreamAnswer<T> {
    const age = Math.max(0, Math.floor((Date.now() - validatedAt) / 1_000));
    this.options.onCacheOutcome(upstream, outcome.kind);
    const told = cacheStatus(this.options.client.id, { ...outcome, ttl: times.fresh - age });
    return new UpstreamAnswer(status, { ...headers, age: String(age), 'cache-status': told }, text);
  }
}

async function forwarded<T>(
  config: InternalAxiosRequestConfig,
  call: CacheableCall<T>,
  forward: Forward,
): Promise<AxiosResponse<CachedAnswer | undefined>> {
  const tag = config.headers.get('If-None-Match');
  try {
    const answer = await call.load(typeof tag === 'string' ? { 'If-None-Match': tag } : {});
    const { status, headers } = answer;
    forward.status = status;
    const data = status === 304 ? undefined : kept(answer);
    const cacheControl = cacheControlFor(call.times, headers['cache-control']);
    return {
      config,
      status,
      statusText: '',
      data,
      headers: { ...kept(answer).headers, 'cache-control': cacheControl },
    };
  } catch (error) {
    forward.failed = true;
    throw cacheErrorOf(error, config);
  }
}

function outcomeOf(
  forward: Forward | undefined,
  answer: CachedAnswer,
  { fresh }: CacheTimes,
): Omit<CacheOutcome, 'ttl'> {
  if (forward?.failed) return { kind: 'stale' };
  if (forward)
    return { kind: forward.status === 304 ? 'revalidated' : 'miss', forwardStatus: forward.status };
  return { kind: Date.now() - answer.validatedAt >= fresh * 1_000 ? 'stale' : 'hit', collapsed: true };
}

function freshIn(value: StorageValue | undefined): CachedAnswer | undefined {
  if (value?.state !== 'cached' || value.data.meta?.vary) return undefined;
  return value.createdAt + value.ttl > Date.now() ? (value.data.data as CachedAnswer) : undefined;
}

/** Whatever is put down as cached has just been said, or confirmed, by the upstream. */
function validated(value: NotEmptyStorageValue): NotEmptyStorageValue {
  if (value.state === 'cached') (value.data.data as CachedAnswer).validatedAt = Date.now();
  return value;
}
