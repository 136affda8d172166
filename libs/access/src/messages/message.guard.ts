import { type ExecutionContext, Injectable } from '@nestjs/common';
import type { AccessRule } from '../guard/access.rules.js';
import { Authority } from '../guard/authority.js';
import { Refusals } from '../guard/refusals.js';
import { noteCaller } from '../principal/caller.js';
import type { Principal } from '../principal/principal.js';
import { OpenSockets } from '../websockets/open.sockets.js';
import { bearerOfMessage } from './authorization.reader.js';
import { messageError } from './message.error.js';

/** A message is no request: there is no URL of its own that a challenge could name. */
const NO_REQUEST = { headers: {}, url: '' };

/**
 * Lets a message pass: over a WebSocket, of whom it was opened for, while that token is good; over another transport,
 * of whom the token beside the message stands for. Over anything else nothing passes.
 */
@Injectable()
export class MessageGuard {
  constructor(
    private readonly authority: Authority,
    private readonly refusals: Refusals,
    private readonly sockets: OpenSockets,
  ) {}

  /** @throws WsException or RpcException, the problem its payload */
  async admit(context: ExecutionContext, rule: AccessRule): Promise<true> {
    try {
      const principal = await this.senderOf(context);
      if (principal) this.assertMeets(principal, rule);
      else if (rule.openness !== 'anonymous') throw this.refusals.unauthenticated(NO_REQUEST);
      if (principal) noteCaller(context, principal);
      return true;
    } catch (error) {
      throw await messageError(context.getType(), this.refusals.of(error, NO_REQUEST));
    }
  }

  private async senderOf(context: ExecutionContext): Promise<Principal | undefined> {
    switch (context.getType()) {
      case 'ws':
        return this.sockets.openedBy(context.getArgByIndex<object>(0));
      case 'rpc':
        return this.namedBeside(context.getArgByIndex<unknown>(1));
      default:
        throw this.refusals.unauthenticated(NO_REQUEST);
    }
  }

  private async namedBeside(message: unknown): Promise<Principal | undefined> {
    const token = bearerOfMessage(message);
    return token === undefined ? undefined : (await this.authority.identify(token)).principal;
  }

  private assertMeets(principal: Principal, rule: AccessRule): void {
    // A key has no place beside a message: who asks for one lets no message pass.
    if (rule.apiKey) throw this.refusals.unauthenticated(NO_REQUEST);
    const refusal = this.refusals.ofLacking(NO_REQUEST, principal, rule);
    if (refusal) throw refusal;
  }
}
