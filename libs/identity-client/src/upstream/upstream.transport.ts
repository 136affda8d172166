import { HttpService } from '@nestjs/axios';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { AxiosError, type AxiosRequestConfig, isAxiosError, isCancel } from 'axios';
import { IDENTITY_CLIENT_OPTIONS, type ResolvedOptions } from '../identity-client.options.js';
import { inCallSpan } from './call.span.js';
import { ConnectingAgents } from './connecting.agents.js';
import { jsonOnly } from './json.body.js';
import { UpstreamAnswer } from './upstream.answer.js';
import { UpstreamFailed, UpstreamTimedOut } from './upstream.errors.js';

/** One HTTP request, as it goes out. */
export interface HttpRequest {
  method: string;
  url: string;
  headers: Readonly<Record<string, string | undefined>>;
  body?: string | undefined;
  signal: AbortSignal;
}

/** Sends requests that are bounded in time and size, follow no redirect, use no proxy, and fail without a credential. */
@Injectable()
export class UpstreamTransport implements OnModuleDestroy {
  readonly #agents: ConnectingAgents;
  readonly #limits: AxiosRequestConfig;

  constructor(
    private readonly http: HttpService,
    @Inject(IDENTITY_CLIENT_OPTIONS) options: ResolvedOptions,
  ) {
    this.#agents = new ConnectingAgents(options.connectDeadline);
    this.#limits = {
      maxRedirects: 0, // a redirect would carry the credential to an address that nobody configured
      proxy: false,
      maxContentLength: options.maxAnswerSize,
      responseType: 'text',
      transformResponse: jsonOnly,
      validateStatus: () => true,
      httpAgent: this.#agents.httpAgent,
      httpsAgent: this.#agents.httpsAgent,
    };
  }

  /** @throws UpstreamFailed or UpstreamTimedOut when there is no whole answer; any status is an answer */
  send<T>(request: HttpRequest): Promise<UpstreamAnswer<T>> {
    return inCallSpan(request, (headers) => this.#send<T>({ ...request, headers }));
  }

  onModuleDestroy(): void {
    this.#agents.destroy();
  }

  async #send<T>({ body, ...request }: HttpRequest): Promise<UpstreamAnswer<T>> {
    try {
      const answer = await this.http.axiosRef.request<string>({ ...this.#limits, ...request, data: body });
      return new UpstreamAnswer(answer.status, answer.headers as Record<string, string>, answer.data);
    } catch (error) {
      throw failureOf(error, request);
    }
  }
}

/** An answer that cannot be read, is too large, or broke off: another try would bring the same. */
const UNREADABLE = 'unreadable';

// An AxiosError holds the whole request, its Authorization header included: only its code goes on, and where it went.
function failureOf(error: unknown, { url }: HttpRequest): Error {
  const code = isAxiosError(error) ? (error.code ?? UNREADABLE) : UNREADABLE;
  const cause = new Error(`the request to ${new URL(url).origin} ended with ${code}`);
  if (isCancel(error) || code === AxiosError.ETIMEDOUT) return new UpstreamTimedOut({ cause });
  return new UpstreamFailed({
    cause,
    unreached: code !== UNREADABLE && code !== AxiosError.ERR_BAD_RESPONSE,
  });
}
