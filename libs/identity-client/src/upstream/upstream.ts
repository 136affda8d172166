import type { UpstreamOptions } from '../identity-client.options.js';
import { addressOf } from './upstream.address.js';
import type { UpstreamAnswer } from './upstream.answer.js';
import { UpstreamPolicy } from './upstream.policy.js';
import type { UpstreamTransport } from './upstream.transport.js';

/** One request to one upstream. */
export interface UpstreamRequest {
  method: string;
  /** Below the base URL. */
  path: string;
  query?: object | undefined;
  headers: Readonly<Record<string, string | undefined>>;
  body?: string | undefined;
  /** Ends the request, wherever it stands: waiting for its turn, connecting, reading. */
  signal: AbortSignal;
  /** Whether it may be sent again; a GET may. */
  idempotent?: boolean;
}

/** Another service, as this one knows it. */
export class Upstream {
  readonly #policy = new UpstreamPolicy();

  constructor(
    readonly name: string,
    private readonly options: UpstreamOptions,
    private readonly transport: UpstreamTransport,
  ) {}

  /** Whom tokens for it are for, where that is not the usual audience. */
  get audience(): string | undefined {
    return this.options.audience;
  }

  /** It takes no credential, and gets none. */
  get open(): boolean {
    return this.options.open ?? false;
  }

  /** Milliseconds that a call of it may take, where that is its own. */
  get deadline(): number | undefined {
    return this.options.deadline;
  }

  /** @throws UpstreamFailed, UpstreamTimedOut, Unavailable when there is no whole answer; any status is an answer */
  send<T>(request: UpstreamRequest): Promise<UpstreamAnswer<T>> {
    const { method, path, query, headers, body, signal } = request;
    const url = addressOf(this.options.url, path, query);
    const { idempotent = method === 'GET' } = request;
    return this.#policy.execute(() => this.transport.send<T>({ method, url, headers, body, signal }), {
      idempotent,
      signal,
    });
  }
}
