import { writeFileSync } from 'node:fs';
import { autocannonLoad } from './autocannon.load.js';
import type { LoopResult } from './closed.loop.js';
import type { SendLoad } from './load.js';
import { hasWrk, wrkLoad } from './wrk.load.js';

/** wrk, where it is installed: it takes the least for itself. */
export async function bestLoad(): Promise<SendLoad> {
  return (await hasWrk()) ? wrkLoad : autocannonLoad;
}

/** GET of one address by callers who take turns, again and again. */
export class HttpLoad {
  private constructor(
    private readonly send: SendLoad,
    private readonly file: string,
    private readonly connections: number,
  ) {}

  /** @param file where the callers' tokens are kept for the generator to read */
  static async of(tokens: readonly string[], file: string, connections: number): Promise<HttpLoad> {
    writeFileSync(file, `${tokens.join('\n')}\n`);
    return new HttpLoad(await bestLoad(), file, connections);
  }

  /** The program that sends it. */
  get sender(): string {
    return this.send === wrkLoad ? 'wrk' : 'autocannon';
  }

  /** @returns what does it for so many seconds; it fails when any answer is not 200 */
  on(url: string): (seconds: number) => Promise<LoopResult> {
    const { send, file: tokens, connections } = this;
    return async (seconds) => {
      const { failed, requests, ...rest } = await send({ url, tokens, offset: 0, connections, seconds });
      if (failed > 0) throw new Error(`${url} refused or lost ${failed} of ${requests} requests`);
      return { count: requests, ...rest };
    };
  }
}
