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
      processes.push(child);
      const message = await messageOf(child);
      if ('synced' in message) starts.push(message);
    }
    return new Receivers(processes, starts);
  }

  /** When each of them has come to know the next revocation. */
  async see(): Promise<number[]> {
    const seen = await Promise.all(
      this.processes.map(async (child) => {
        const message = await messageOf(child);
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

/** The next message; fails when the process ends instead. */
async function messageOf(child: ChildProcess): Promise<ReceiversMessage> {
  const settled = new AbortController();
  const { signal } = settled;
  const gone = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`a process of guards ended with ${code}`);
  });
  try {
    const [message] = (await Promise.race([once(child, 'message', { signal }), gone])) as [ReceiversMessage];
    return message;
  } finally {
    gone.catch(() => undefined); // nobody waits for that one any more
    settled.abort();
  }
}
