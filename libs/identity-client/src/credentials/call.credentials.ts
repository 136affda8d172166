import { Injectable } from '@nestjs/common';
import type { Caller } from '../caller.js';
import { waitFor } from '../upstream/deadline.js';
import type { UpstreamAnswer } from '../upstream/upstream.answer.js';
import type { Upstream } from '../upstream/upstream.js';
import { ExchangedTokens } from './exchanged.tokens.js';
import { ServiceTokens } from './service.tokens.js';

/** One call that waits for the credential it is made with. */
export interface CredentialedCall<T> {
  upstream: Upstream;
  /** Whom it is made for; without one it is made as the service itself. */
  caller: Caller | undefined;
  signal: AbortSignal;
  send: (authorization: string | undefined) => Promise<UpstreamAnswer<T>>;
}

/** Makes each call with the credential it needs. */
@Injectable()
export class CallCredentials {
  constructor(
    private readonly serviceTokens: ServiceTokens,
    private readonly exchangedTokens: ExchangedTokens,
  ) {}

  /** The service's own token; another one than the refused, unless that was just tried. */
  async serviceToken(refused?: string): Promise<string> {
    const source = this.serviceTokens.for();
    return (refused !== undefined && (await source.insteadOf(refused))) || source.current();
  }

  /** The answer, whatever its status; a refused service token was renewed once before. */
  async call<T>(call: CredentialedCall<T>): Promise<UpstreamAnswer<T>> {
    if (call.upstream.open) return call.send(undefined);
    return call.caller ? this.#callFor(call.caller, call) : this.#callAsService(call);
  }

  async #callFor<T>(
    caller: Caller,
    { upstream, signal, send }: CredentialedCall<T>,
  ): Promise<UpstreamAnswer<T>> {
    const token = await waitFor(this.exchangedTokens.tokenFor(caller, upstream.audience), signal);
    const answer = await send(`Bearer ${token}`);
    if (answer.status === 401) this.exchangedTokens.forget(caller, upstream.audience);
    return answer;
  }

  async #callAsService<T>({ upstream, signal, send }: CredentialedCall<T>): Promise<UpstreamAnswer<T>> {
    const tokens = this.serviceTokens.for(upstream.audience);
    const token = await waitFor(tokens.current(), signal);
    const answer = await send(`Bearer ${token}`);
    if (answer.status !== 401) return answer;
    const another = await waitFor(tokens.insteadOf(token), signal);
    return another === undefined ? answer : send(`Bearer ${another}`);
  }
}
