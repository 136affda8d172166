import { Inject, Injectable } from '@nestjs/common';
import { OAUTH_ERRORS, type TokenResponse, Unavailable } from '@gatehouse/contracts';
import {
  type ClientCredentials,
  IDENTITY_CLIENT_OPTIONS,
  type ResolvedOptions,
} from '../identity-client.options.js';
import type { UpstreamAnswer } from '../upstream/upstream.answer.js';
import { CallerRefused, INVALID_TOKEN_CHALLENGE, UpstreamFailed } from '../upstream/upstream.errors.js';
import { Upstreams } from '../upstream/upstreams.js';

/** What may stand behind `Bearer` (RFC 6750 §2.1). */
const B64TOKEN = /^[\w.~+/-]+=*$/;

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const API_KEY = 'urn:gatehouse:params:oauth:token-type:api-key';

/** Identity's token endpoint, as this client sees it (RFC 6749 §3.2). */
@Injectable()
export class TokenEndpoint {
  constructor(
    private readonly upstreams: Upstreams,
    @Inject(IDENTITY_CLIENT_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /** A token for the service itself (RFC 6749 §4.4), for another audience than the usual where one is named. */
  async clientCredentials(audience?: string): Promise<TokenResponse> {
    return tokenIn(await this.#request({ grant_type: 'client_credentials', resource: audience }));
  }

  /**
   * A token for another audience in place of a caller's own (RFC 8693 §2.1).
   *
   * @throws CallerRefused when identity does not take the caller's token any more
   */
  async exchange(token: string, audience: string): Promise<TokenResponse> {
    const subject = { subject_token: token, subject_token_type: ACCESS_TOKEN };
    const answer = await this.#request({ grant_type: TOKEN_EXCHANGE, ...subject, audience });
    if (refusesSubject(answer)) {
      throw new CallerRefused('invalid_token', 'The credential is not valid.', INVALID_TOKEN_CHALLENGE);
    }
    return tokenIn(answer);
  }

  /** A token of the user whose API key this is (RFC 8693 §2.1); undefined when identity does not know the key. */
  async exchangeApiKey(key: string): Promise<TokenResponse | undefined> {
    const subject = { subject_token: key, subject_token_type: API_KEY };
    const answer = await this.#request({ grant_type: TOKEN_EXCHANGE, ...subject });
    return refusesSubject(answer) ? undefined : tokenIn(answer);
  }

  async #request(form: Record<string, string | undefined>): Promise<UpstreamAnswer<unknown>> {
    return this.upstreams.identity.send<unknown>({
      method: 'POST',
      path: '/oauth/token',
      headers: {
        ...this.options.forward(),
        Accept: 'application/json',
        Authorization: await basic(this.options.client),
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: formOf(form),
      signal: AbortSignal.timeout(this.options.loginDeadline),
      idempotent: true, // one token more does no harm
    });
  }
}

// RFC 8693 §2.2.2 names invalid_request for a bad subject token, many servers say invalid_grant.
function refusesSubject(answer: UpstreamAnswer<unknown>): boolean {
  return ['invalid_request', 'invalid_grant'].includes(answer.textOf('error') ?? '');
}

function formOf(members: Record<string, string | undefined>): string {
  const given = Object.entries(members).filter(
    (member): member is [string, string] => member[1] !== undefined,
  );
  return new URLSearchParams(given).toString();
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
