import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { GuardSettings } from './subject.js';
import type { SubjectName } from './subjects.js';

const SERVER = fileURLToPath(new URL('./server.js', import.meta.url));

/** A subject in a process of its own, whose CPU time can be read. */
export class MeasuredServer {
  private constructor(
    readonly name: SubjectName,
    readonly url: string,
    private readonly process: ChildProcess,
  ) {}

  static async start(name: SubjectName, settings: GuardSettings): Promise<MeasuredServer> {
    const child = fork(SERVER, [JSON.stringify([name, settings])]);
    const [{ url }] = (await once(child, 'message')) as [{ url: string }];
    return new MeasuredServer(name, `${url}/constant`, child);
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
