import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { ACCESS_OPTIONS, type AccessOptions } from '../access.options.js';
import type { GuardedRequest } from '../carriers/guarded.request.js';
import { RequestCredentials } from '../carriers/request.credentials.js';
import { CsrfFailed } from '../errors/csrf-failed.error.js';
import { Authority, type Standing } from '../guard/authority.js';
import { Refusals } from '../guard/refusals.js';
import { Gateways } from './gateways.js';
import { isFromHere } from './origin.check.js';

/** A handshake asks for no key by itself; one that comes is looked at. */
const HANDSHAKE_RULE = { openness: 'guarded', scopes: [], roles: [], apiKey: false } as const;

const FROM_ELSEWHERE = 'With a session cookie this is opened by pages of this origin alone.';

/** Lets a WebSocket be opened (RFC 6455 §4.2) whose handshake carries a good credential, as a request would. */
@Injectable()
export class HandshakeGuard {
  constructor(
    private readonly gateways: Gateways,
    private readonly credentials: RequestCredentials,
    private readonly authority: Authority,
    private readonly refusals: Refusals,
    @Inject(ACCESS_OPTIONS) private readonly options: AccessOptions,
  ) {}

  /**
   * For whom the socket is opened; undefined for nobody, where nobody may.
   *
   * @throws the refusals of a request, and CsrfFailed when a page of another origin opens it by a session cookie
   */
  async admit(handshake: IncomingMessage): Promise<Standing | undefined> {
    const request = guardedRequestOf(handshake);
    const openness = this.gateways.opennessAt(request.url.split('?', 1)[0]!);
    if (openness === 'public') return undefined;
    const token = await this.tokenIn(request);
    if (token !== undefined) return this.identify(request, token);
    const refusal = this.refusals.ofNobody(request, { openness });
    if (refusal) throw refusal;
    return undefined;
  }

  private async tokenIn(request: GuardedRequest): Promise<string | undefined> {
    if (this.credentials.needKey(request, HANDSHAKE_RULE)) {
      const verify = async (token: string) => (await this.identify(request, token)).principal;
      return (await this.credentials.principalByKey(request, HANDSHAKE_RULE, verify)).token;
    }
    const token = this.credentials.token(request);
    const byCookie = token !== undefined && request.headers.authorization === undefined;
    if (byCookie && !isFromHere(request, this.options)) throw new CsrfFailed(FROM_ELSEWHERE);
    return token;
  }

  private async identify(request: GuardedRequest, token: string): Promise<Standing> {
    try {
      return await this.authority.identify(token);
    } catch (error) {
      throw this.refusals.of(error, request);
    }
  }
}

function guardedRequestOf(handshake: IncomingMessage): GuardedRequest {
  const { headers, rawHeaders, method = 'GET', url = '/' } = handshake;
  const query = Object.fromEntries(new URLSearchParams(url.split('?', 2)[1]));
  return { headers, rawHeaders, method, url, query };
}
