import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A peer's server in a process of its own. */
export class PeerProcess<Told extends { url: string }> {
  private constructor(
    /** What it told when it listened. */
    readonly told: Told,
    private readonly child: ChildProcess,
  ) {}

  /** @param script listens, sends what there is to tell, and ends when it is disconnected; gets the settings as JSON */
  static async start<Told extends { url: string }>(
    script: URL,
    settings: unknown,
  ): Promise<PeerProcess<Told>> {
    const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
    const child = fork(fileURLToPath(script), [JSON.stringify(settings)], { stdio: [...stdio] });
    const gone = once(child, 'exit').then(([code]) => {
      throw new Error(`${script.pathname} ended with ${code} before it listened`);
    });
    const [told] = (await Promise.race([once(child, 'message'), gone])) as [Told];
    gone.catch(() => undefined); // its end is nobody's concern any more
    return new PeerProcess(told, child);
  }

  get pid(): number {
    return this.child.pid!;
  }

  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.disconnect();
    await gone;
  }
}
