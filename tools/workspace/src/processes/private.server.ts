import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchmanFor } from './watchman.ts';

/** How one kind of server is started, and known to be up. */
export interface ServerPlan {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly port: number;
  /** All it keeps; deleted when it is closed, or when this process is gone. */
  readonly folder: string;
  /** What it waits for before it says something, where it does. */
  readonly greeting?: string;
  /** What it says once it is up; a port that merely accepts is not. */
  readonly says: (words: Buffer) => boolean;
}

const UP_WITHIN_MS = 60_000;

/** A server that somebody else wrote, as a process of our own on loopback. */
export class PrivateServer {
  readonly #plan: ServerPlan;
  #server?: ChildProcess;
  #watchman?: ChildProcess;
  #words = '';

  constructor(plan: ServerPlan) {
    this.#plan = plan;
  }

  /** Starts the server on the data it has, and waits until it takes connections. */
  async up(): Promise<void> {
    const { program, folder } = this.#plan;
    const server = spawn(program, [...this.#plan.arguments], { stdio: ['ignore', 'ignore', 'pipe'] });
    server.stderr.on(
      'data',
      (chunk: Buffer) => (this.#words = (this.#words + chunk.toString()).slice(-4000)),
    );
    this.#server = server;
    this.#watchman = watchmanFor(server, folder);
    const patience = AbortSignal.timeout(UP_WITHIN_MS);
    while (!(await answers(this.#plan))) {
      if (server.exitCode !== null || server.signalCode !== null || patience.aborted) {
        throw new Error(`${program} does not start:\n${this.#words}`);
      }
      await sleep(50);
    }
  }

  /** Sends the server a signal; `SIGSTOP` and `SIGCONT` pause and resume it. */
  signal(signal: NodeJS.Signals): void {
    this.#server?.kill(signal);
  }

  /** Ends the server at once, as a crash would, and waits until it is gone. */
  async kill(): Promise<void> {
    const server = this.#server;
    this.#watchman?.kill('SIGKILL');
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    server.kill('SIGKILL');
    await gone;
  }

  /** Ends the server and removes its data, which nobody wants any more. */
  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#plan.folder, { recursive: true, force: true });
  }
}

async function answers({ port, greeting, says }: ServerPlan): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    if (greeting) socket.write(greeting);
    const [words] = (await once(socket, 'data', { signal: AbortSignal.timeout(1000) })) as [Buffer];
    return says(words);
  } catch {
    return false; // Refused or silent: not up yet, and asked again.
  } finally {
    socket.destroy();
  }
}
