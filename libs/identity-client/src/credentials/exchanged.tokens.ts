import { Injectable } from '@nestjs/common';
import type { Caller } from '../caller.js';
import { TokenEndpoint } from './token.endpoint.js';

interface ExchangedToken {
  value: string;
  /** In milliseconds since the epoch. */
  expiresAt: number;
}

/** Callers' tokens kept at a time; the one kept longest goes first. */
const CAPACITY = 10_000;
/** Milliseconds before its end that a token is not used any more. */
const MARGIN = 5_000;

/** Callers' tokens for other audiences than their own: each is exchanged once, and kept while both tokens are good. */
@Injectable()
export class ExchangedTokens {
  readonly #tokens = new Map<string, Promise<ExchangedToken>>();

  constructor(private readonly endpoint: TokenEndpoint) {}

  /** The caller's own token where it is good for that audience, else one it was exchanged for. */
  async tokenFor(caller: Caller, audience: string | undefined): Promise<string> {
    if (audience === undefined || caller.audience.includes(audience)) return caller.token;
    const key = `${audience} ${caller.token}`;
    const kept = this.#tokens.get(key);
    const token = await kept;
    if (token && Date.now() < token.expiresAt) return token.value;
    const renewed = this.#tokens.get(key); // by somebody who waited here as well
    return (await (renewed && renewed !== kept ? renewed : this.#exchange(key, caller, audience))).value;
  }

  /** Forgets what the caller's token was exchanged for: it was refused. */
  forget(caller: Caller, audience: string | undefined): void {
    if (audience !== undefined) this.#tokens.delete(`${audience} ${caller.token}`);
  }

  #exchange(key: string, caller: Caller, audience: string): Promise<ExchangedToken> {
    const exchange = this.endpoint.exchange(caller.token, audience).then(({ access_token, expires_in }) => ({
      value: access_token,
      // RFC 8693 does not promise that the new token ends with the old one: here it does.
      expiresAt: Math.min(Date.now() + expires_in * 1_000 - MARGIN, caller.expiresAt * 1_000),
    }));
    exchange.catch(() => this.#tokens.delete(key));
    this.#tokens.delete(key);
    this.#tokens.set(key, exchange);
    if (this.#tokens.size > CAPACITY) this.#tokens.delete(this.#tokens.keys().next().value!);
    return exchange;
  }
}
