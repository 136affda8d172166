import type { ExecutionContext } from '@nestjs/common';
import type { Principal } from './principal.js';

/** Who sent what, by the connection of a WebSocket or the context of another transport's message. */
const callers = new WeakMap<object, Principal>();

/** Notes who has sent the message that is being handled. */
export function noteCaller(context: ExecutionContext, principal: Principal): void {
  const sender = senderIn(context);
  if (sender) callers.set(sender, principal);
}

/** Who has sent what is being handled; undefined for nobody. */
export function callerIn(context: ExecutionContext): Principal | undefined {
  if (context.getType() === 'http') return context.switchToHttp().getRequest<{ user?: Principal }>().user;
  const sender = senderIn(context);
  return sender && callers.get(sender);
}

function senderIn(context: ExecutionContext): object | undefined {
  const sender =
    context.getType() === 'ws' ? context.getArgByIndex<unknown>(0) : context.getArgByIndex<unknown>(1);
  return typeof sender === 'object' && sender !== null ? sender : undefined;
}
