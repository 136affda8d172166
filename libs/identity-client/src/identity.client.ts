import type { TokenResponse } from '@gatehouse/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { AnswerCache } from './cache/answer.cache.js';
import type { Ended, Owner } from './cache/answer.store.js';
import { EVERYBODY, nameOf, ownerOf } from './cache/cache.key.js';
import type { CacheTimes } from './cache/cache.times.js';
import type { Caller } from './caller.js';
import { CallCredentials } from './credentials/call.credentials.js';
import { TokenEndpoint } from './credentials/token.endpoint.js';
import { IDENTITY_CLIENT_OPTIONS, type ResolvedOptions } from './identity-client.options.js';
import type { UpstreamAnswer } from './upstream/upstream.answer.js';
import { successOf } from './upstream/upstream.outcome.js';
import type { Upstream } from './upstream/upstream.js';
import { Upstreams } from './upstream/upstreams.js';

/** How a call is made. */
export interface CallOptions {
  /** On whose behalf; without one the service calls as itself. */
  caller?: Caller | undefined;
  /** Members that are undefined are left out. */
  query?: object;
}

/** How something is asked for. */
export interface GetOptions extends CallOptions {
  /** For how long the answer may be given again, to the same caller; not at all by default. */
  cache?: CacheTimes;
}

interface Call {
  method: string;
  upstream: Upstream;
  path: string;
  query?: object;
  caller: Caller | undefined;
  body?: unknown;
}

/**
 * Calls the other services that were configured: as this service, or for a caller whose token was verified.
 *
 * @example
 * const { data } = await this.identity.get<ArticleDto[]>('articles', '/articles', { query: { limit: 10 } });
 * @example
 * const { data } = await this.identity.get<ArticleDto>('articles', `/articles/${id}`, { caller: principal });
 */
@Injectable()
export class IdentityClient {
  constructor(
    private readonly upstreams: Upstreams,
    private readonly credentials: CallCredentials,
    private readonly endpoint: TokenEndpoint,
    private readonly cache: AnswerCache,
    @Inject(IDENTITY_CLIENT_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /**
   * The service's own access token, for calls that this client does not make.
   *
   * @param refused one that was not accepted a moment ago: another is got, unless that was just tried
   * @throws UpstreamFailed, UpstreamTimedOut or Unavailable when identity gives none
   */
  serviceToken(refused?: string): Promise<string> {
    return this.credentials.serviceToken(refused);
  }

  /**
   * An access token of the user whose API key this is, for a guard that was shown the key (RFC 8693).
   *
   * @returns undefined when the key is not good
   * @throws UpstreamFailed, UpstreamTimedOut or Unavailable when identity cannot be asked
   */
  exchangeApiKey(key: string): Promise<TokenResponse | undefined> {
    return this.endpoint.exchangeApiKey(key);
  }

  /**
   * @param upstream a name from the options' `upstreams`
   * @param path below the upstream's base URL, starting with a slash; ids in it percent-encoded
   * @throws UpstreamFailed, UpstreamTimedOut, Unavailable, or CallerRefused when the upstream refuses the caller
   * @throws TypeError when no such upstream is configured, or the path leads out of it
   */
  async get<T>(
    upstream: string,
    path: string,
    { cache, ...options }: GetOptions = {},
  ): Promise<UpstreamAnswer<T>> {
    const call = this.#to(upstream, { ...options, method: 'GET', path });
    return cache ? this.#cached<T>(call, cache) : this.#call<T>(call);
  }

  /** Sends a body as JSON. See {@link get}. */
  post<T>(upstream: string, path: string, body: unknown, options?: CallOptions): Promise<UpstreamAnswer<T>> {
    return this.#write<T>(upstream, { ...options, method: 'POST', path, body });
  }

  /** Sends a body as JSON. See {@link get}. */
  patch<T>(upstream: string, path: string, body: unknown, options?: CallOptions): Promise<UpstreamAnswer<T>> {
    return this.#write<T>(upstream, { ...options, method: 'PATCH', path, body });
  }

  /** See {@link get}. */
  delete(upstream: string, path: string, options?: CallOptions): Promise<UpstreamAnswer<undefined>> {
    return this.#write<undefined>(upstream, { ...options, method: 'DELETE', path });
  }

  /**
   * Forgets every answer kept for whom that concerns, and those under way; for all, where nothing is named.
   *
   * @example
   * revocations.subscribe((revocation) => void identity.purge(revocation));
   */
  purge(ended?: Ended): Promise<void> {
    return this.cache.purge(ended);
  }

  #to(name: string, call: Omit<Call, 'upstream' | 'caller'> & CallOptions): Call {
    const upstream = this.upstreams.get(name);
    return { ...call, upstream, caller: upstream.open ? undefined : call.caller };
  }

  #cached<T>(call: Call, times: CacheTimes): Promise<UpstreamAnswer<T>> {
    const { upstream, path, query, caller } = call;
    return this.cache.get<T>({
      upstream: upstream.name,
      owner: this.#ownerOf(call),
      name: nameOf(upstream.name, path, query, caller),
      times,
      headers: this.options.forward(),
      load: (validator) => this.#call<T>(call, validator),
    });
  }

  async #write<T>(
    name: string,
    options: Omit<Call, 'upstream' | 'caller'> & CallOptions,
  ): Promise<UpstreamAnswer<T>> {
    const call = this.#to(name, options);
    try {
      return await this.#call<T>(call);
    } finally {
      // Also when it failed: it may have been carried out all the same.
      await this.cache.purge({ kind: 'subject', id: this.#ownerOf(call).subject });
    }
  }

  #ownerOf({ upstream, caller }: Call): Owner {
    return upstream.open ? EVERYBODY : ownerOf(caller, this.options.client.id);
  }

  async #call<T>(
    { upstream, caller, method, path, query, body }: Call,
    validator: object = {},
  ): Promise<UpstreamAnswer<T>> {
    const signal = AbortSignal.timeout(upstream.deadline ?? this.options.deadline);
    const content = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const headers = { ...this.options.forward(), Accept: 'application/json', ...content, ...validator };
    const request = {
      method,
      path,
      query,
      headers,
      signal,
      body: body === undefined ? undefined : JSON.stringify(body),
    };
    const answer = await this.credentials.call({
      upstream,
      caller,
      signal,
      send: (Authorization) => upstream.send<T>({ ...request, headers: { ...headers, Authorization } }),
    });
    return successOf(answer, { forCaller: caller !== undefined, conditional: 'If-None-Match' in validator });
  }
}
