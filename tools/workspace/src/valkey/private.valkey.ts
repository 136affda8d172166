import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../processes/ports.ts';
import { findProgram } from '../processes/programs.ts';
import { watchmanFor } from '../processes/watchman.ts';

const UP_WITHIN_MS = 20_000;

/** The machine's own Valkey or Redis server, where it has one. */
export function findValkey(): string | undefined {
  return findProgram('valkey-server') ?? findProgram('redis-server');
}

/** A Valkey or Redis of our own: on a free loopback port, with nothing on disk, gone when closed. */
export class PrivateValkey {
  readonly port: number;
  readonly #program: string;
  readonly #folder: string;
  #server?: ChildProcess;
  #watchman?: ChildProcess;

  private constructor(program: string, folder: string, port: number) {
    this.#program = program;
    this.#folder = folder;
    this.port = port;
  }

  static async start(program: string): Promise<PrivateValkey> {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-valkey-'));
    const valkey = new PrivateValkey(program, folder, await freePort());
    try {
      await valkey.up();
    } catch (error) {
      await valkey.close();
      throw error;
    }
    return valkey;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts the server, empty, and waits until it answers. */
  async up(): Promise<void> {
    const settings = [
      '--port',
      String(this.port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--dir',
      this.#folder,
    ];
    const server = spawn(this.#program, settings, { stdio: 'ignore' });
    this.#server = server;
    this.#watchman = watchmanFor(server, this.#folder);
    const patience = AbortSignal.timeout(UP_WITHIN_MS);
    while (!(await answers(this.port))) {
      if (server.exitCode !== null || server.signalCode !== null || patience.aborted)
        throw new Error(`${this.#program} does not start.`);
      await sleep(20);
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

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    socket.write('PING\r\n');
    const [words] = (await once(socket, 'data', { signal: AbortSignal.timeout(1000) })) as [Buffer];
    return words.toString().startsWith('+PONG');
  } catch {
    return false; // Refused or silent: not up yet, and asked again.
  } finally {
    socket.destroy();
  }
}
