import { Redis } from 'ioredis';

/** How long Valkey may take to answer, in milliseconds: no request waits longer for it, and not twice. */
const DEADLINE = 40;

type SendCommand = Redis['sendCommand'];

/**
 * A connection to Valkey or Redis that is dropped once it keeps somebody waiting. It is `ready` again when a new one
 * has answered; until then nobody waits.
 */
export class PromptRedis extends Redis {
  constructor(url: string) {
    super(url, {
      connectTimeout: 1_000,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => Math.min(100 * times, 2_000),
    });
  }

  override sendCommand(...[command, stream]: Parameters<SendCommand>): ReturnType<SendCommand> {
    let settled = false;
    const giveUp = () => {
      if (settled) return;
      command.reject(new Error(`no answer within ${DEADLINE} ms`));
      this.disconnect(true);
    };
    // Where this process was busy, the answer may have come meanwhile: it is read before `setImmediate` calls.
    const timer = setTimeout(() => setImmediate(giveUp), DEADLINE);
    const settle = () => {
      settled = true;
      clearTimeout(timer);
    };
    command.promise.then(settle, settle);
    return super.sendCommand(command, stream);
  }
}
