import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ISSUER } from './identity.process.js';
import type { ReceiversMessage, ReceiversPlan } from './receivers.process.js';

const PROCESS = fileURLToPath(new URL('./receivers.process.js', import.meta.url));
const PER_PROCESS = 125;

/** Many guards, in a few processes. */
export class Receivers {
  private constructor(
    private readonly processes: ChildProcess[],
    /** Of each process: seconds until all its guards knew all, and megabytes of resident memory that took. */
    readonly starts: { seconds: number; megabytes: number }[],
  ) {}

  static async start(identityUrl: string, count: number): Promise<Receivers> {
    const processes: ChildProcess[] = [];
    const starts: { seconds: number; megabytes: number }[] = [];
    for (let left = count; left > 0; left -= PER_PROCESS) {
      const plan: ReceiversPlan = { issuer: ISSUER, identityUrl, count: Math.min(left, PER_PROCESS) };
      const child = fork(PROCESS, [JSON.stringify(plan)], { execArgv: ['--expose-gc'] });
      const [message] = (await once(child, 'message')) as [ReceiversMessage];
      processes.push(child);
      if ('synced' in message) starts.push(message);
    }
    return new Receivers(processes, starts);
  }

  /** When each of them has come to know the next revocation. */
  async see(): Promise<number[]> {
    const seen = await Promise.all(
      this.processes.map(async (child) => {
        const [message] = (await once(child, 'message')) as [ReceiversMessage];
        return 'seenAt' in message ? message.seenAt : [];
      }),
    );
    return seen.flat();
  }

  async stop(): Promise<void> {
    const gone = this.processes.map((child) => once(child, 'exit'));
    for (const child of this.processes) child.disconnect();
    await Promise.all(gone);
  }
}
