import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own, whose CPU time can be read. */
export class MeasuredServer {
  private constructor(
    readonly name: string,
    readonly url: string,
    private readonly process: ChildProcess,
  ) {}

  /** @param script tells its address when it listens, and on any message its CPU time; gets the settings as JSON */
  static async start(name: string, script: URL, settings: unknown): Promise<MeasuredServer> {
    const child = fork(fileURLToPath(script), [JSON.stringify(settings)]);
    const [{ url }] = (await once(child, 'message')) as [{ url: string }];
    return new MeasuredServer(name, url, child);
  }

  /** Microseconds of CPU time used up to now, by all its threads. */
  async cpuTime(): Promise<number> {
    this.process.send('usage');
    const [{ usage }] = (await once(this.process, 'message')) as [{ usage: NodeJS.CpuUsage }];
    return usage.user + usage.system;
  }

  async stop(): Promise<void> {
    this.process.disconnect();
    await once(this.process, 'exit');
  }
}
