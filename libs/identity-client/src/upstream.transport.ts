import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { HttpService } from '@nestjs/axios';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { AxiosError, type AxiosRequestConfig, isAxiosError, isCancel } from 'axios';
import { IDENTITY_CLIENT_OPTIONS, type ResolvedOptions } from './identity-client.options.js';
import { jsonOnly } from './json.body.js';
import { UpstreamAnswer } from './upstream.answer.js';
import { UpstreamFailed, UpstreamTimedOut } from './upstream.errors.js';

/** One HTTP request to another service. */
export interface UpstreamRequest {
  method: string;
  url: string;
  headers: Readonly<Record<string, string | undefined>>;
  body?: string;
  /** Ends the request, wherever it stands: connecting, waiting for headers, reading the body. */
  signal: AbortSignal;
}

/** Sends requests that are bounded in time and size, follow no redirect, use no proxy, and fail without a credential. */
@Injectable()
export class UpstreamTransport implements OnModuleDestroy {
  readonly #agents = {
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true }),
  };
  readonly #limits: AxiosRequestConfig;

  constructor(
    private readonly http: HttpService,
    @Inject(IDENTITY_CLIENT_OPTIONS) options: ResolvedOptions,
  ) {
    this.#limits = {
      maxRedirects: 0, // a redirect would carry the credential to an address that nobody configured
      proxy: false,
      maxContentLength: options.maxAnswerSize,
      responseType: 'text',
      transformResponse: jsonOnly,
      validateStatus: () => true,
      ...this.#agents,
    };
  }

  /** @throws UpstreamFailed or UpstreamTimedOut when there is no whole answer; any status is an answer. */
  async send<T>({ body, ...request }: UpstreamRequest): Promise<UpstreamAnswer<T>> {
    try {
      const answer = await this.http.axiosRef.request<string>({ ...this.#limits, ...request, data: body });
      return new UpstreamAnswer(answer.status, answer.headers as Record<string, string>, answer.data);
    } catch (error) {
      throw failureOf(error);
    }
  }

  onModuleDestroy(): void {
    this.#agents.httpAgent.destroy();
    this.#agents.httpsAgent.destroy();
  }
}

// An AxiosError holds the whole request, its Authorization header included: only its code goes on.
function failureOf(error: unknown): Error {
  const code = isAxiosError(error) ? (error.code ?? 'unknown') : 'unreadable';
  const cause = new Error(`the request ended with ${code}`);
  const timedOut = isCancel(error) || code === AxiosError.ETIMEDOUT || code === AxiosError.ECONNABORTED;
  return timedOut ? new UpstreamTimedOut({ cause }) : new UpstreamFailed({ cause });
}
