import { Inject, Injectable } from '@nestjs/common';
import { OAUTH_ERRORS, type TokenResponse, Unavailable } from '@gatehouse/contracts';
import {
  type ClientCredentials,
  IDENTITY_CLIENT_OPTIONS,
  type ResolvedOptions,
} from './identity-client.options.js';
import type { UpstreamAnswer } from './upstream.answer.js';
import { UpstreamFailed } from './upstream.errors.js';
import { UpstreamTransport } from './upstream.transport.js';

/** What may stand behind `Bearer` (RFC 6750 §2.1). */
const B64TOKEN = /^[\w.~+/-]+=*$/;

/** Identity's token endpoint, as this client sees it (RFC 6749 §3.2). */
@Injectable()
export class TokenEndpoint {
  constructor(
    private readonly transport: UpstreamTransport,
    @Inject(IDENTITY_CLIENT_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /** A token for the service itself (RFC 6749 §4.4). */
  clientCredentials(): Promise<TokenResponse> {
    return this.#request({ grant_type: 'client_credentials' });
  }

  async #request(form: Record<string, string>): Promise<TokenResponse> {
    const answer = await this.transport.send<unknown>({
      method: 'POST',
      url: `${this.options.identityUrl}/oauth/token`,
      headers: {
        ...this.options.forward(),
        Accept: 'application/json',
        Authorization: await basic(this.options.client),
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(form).toString(),
      signal: AbortSignal.timeout(this.options.loginDeadline),
    });
    return tokenIn(answer);
  }
}

// RFC 6749 §2.3.1: id and secret are form-encoded before they are joined.
async function basic({ id, secret }: ClientCredentials): Promise<string> {
  const password = typeof secret === 'function' ? await secret() : secret;
  const pair = [id, password].map((part) => new URLSearchParams([['', part]]).toString().slice(1));
  return `Basic ${Buffer.from(pair.join(':')).toString('base64')}`;
}

function tokenIn(answer: UpstreamAnswer<unknown>): TokenResponse {
  if (answer.status === 503 || answer.status === 429) throw new Unavailable();
  if (answer.status !== 200)
    throw new UpstreamFailed({ upstreamStatus: answer.status, cause: refusalIn(answer) });
  const token = answer.data;
  if (!isToken(token)) throw new UpstreamFailed({ cause: new Error('identity answered no token') });
  return token;
}

function isToken(data: unknown): data is TokenResponse {
  const token = data as Partial<TokenResponse> | null;
  return (
    token !== null &&
    typeof token === 'object' &&
    B64TOKEN.test(String(token.access_token)) &&
    /^bearer$/i.test(String(token.token_type)) && // RFC 6749 §5.1: case-insensitive
    typeof token.expires_in === 'number' &&
    token.expires_in > 0
  );
}

// For the log: which rule of RFC 6749 §5.2 identity named, and nothing else it may have said.
function refusalIn(answer: UpstreamAnswer<unknown>): Error {
  const code = OAUTH_ERRORS.find((known) => known === answer.textOf('error')) ?? 'no known error';
  return new Error(`identity refused this service's login: ${answer.status}, ${code}`);
}
