import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from './caller.js';
import { waitFor } from './deadline.js';
import { IDENTITY_CLIENT_OPTIONS, type ResolvedOptions } from './identity-client.options.js';
import { ServiceTokenSource } from './service-token.source.js';
import { addressOf } from './upstream.address.js';
import type { UpstreamAnswer } from './upstream.answer.js';
import { successOf } from './upstream.outcome.js';
import { UpstreamTransport } from './upstream.transport.js';

/** How a call is made. */
export interface CallOptions {
  /** On whose behalf; without one the service calls as itself. */
  caller?: Caller;
  /** Members that are undefined are left out. */
  query?: object;
}

interface Call extends CallOptions {
  method: string;
  upstream: string;
  path: string;
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
    private readonly transport: UpstreamTransport,
    private readonly tokens: ServiceTokenSource,
    @Inject(IDENTITY_CLIENT_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /** The service's own access token, for calls that this client does not make. */
  serviceToken(): Promise<string> {
    return this.tokens.current();
  }

  /**
   * @param upstream a name from the options' `upstreams`
   * @param path below the upstream's base URL, starting with a slash; ids in it percent-encoded
   * @throws UpstreamFailed, UpstreamTimedOut, Unavailable, or CallerRefused when the upstream refuses the caller
   */
  get<T>(upstream: string, path: string, options: CallOptions = {}): Promise<UpstreamAnswer<T>> {
    return this.#call<T>({ ...options, method: 'GET', upstream, path });
  }

  /** Sends a body as JSON. See {@link get}. */
  post<T>(
    upstream: string,
    path: string,
    body: unknown,
    options: CallOptions = {},
  ): Promise<UpstreamAnswer<T>> {
    return this.#call<T>({ ...options, method: 'POST', upstream, path, body });
  }

  /** Sends a body as JSON. See {@link get}. */
  patch<T>(
    upstream: string,
    path: string,
    body: unknown,
    options: CallOptions = {},
  ): Promise<UpstreamAnswer<T>> {
    return this.#call<T>({ ...options, method: 'PATCH', upstream, path, body });
  }

  /** See {@link get}. */
  delete(upstream: string, path: string, options: CallOptions = {}): Promise<UpstreamAnswer<undefined>> {
    return this.#call<undefined>({ ...options, method: 'DELETE', upstream, path });
  }

  async #call<T>(call: Call): Promise<UpstreamAnswer<T>> {
    const signal = AbortSignal.timeout(this.options.deadline);
    const answer = call.caller
      ? await this.#send<T>(call, call.caller.token, signal)
      : await this.#sendAsService<T>(call, signal);
    return successOf(answer, call.caller !== undefined);
  }

  async #sendAsService<T>(call: Call, signal: AbortSignal): Promise<UpstreamAnswer<T>> {
    const token = await waitFor(this.tokens.current(), signal);
    const answer = await this.#send<T>(call, token, signal);
    if (answer.status !== 401) return answer;
    const another = await waitFor(this.tokens.insteadOf(token), signal);
    return another ? this.#send(call, another, signal) : answer;
  }

  #send<T>(call: Call, token: string, signal: AbortSignal): Promise<UpstreamAnswer<T>> {
    const base = this.options.upstreams.get(call.upstream);
    if (base === undefined) throw new TypeError(`No upstream "${call.upstream}" is configured.`);
    return this.transport.send({
      method: call.method,
      url: addressOf(base, call.path, call.query),
      headers: {
        ...this.options.forward(),
        Accept: 'application/json',
        Authorization: `Bearer ${token}`,
        ...(call.body !== undefined && { 'Content-Type': 'application/json' }),
      },
      body: call.body === undefined ? undefined : JSON.stringify(call.body),
      signal,
    });
  }
}
