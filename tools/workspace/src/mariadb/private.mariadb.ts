import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../processes/ports.ts';
import { watchmanFor } from '../processes/watchman.ts';
import { type MariadbBinary, prepareFolder } from './mariadb.binary.ts';

/** How a private database server is run. */
export interface MariadbOptions {
  /** Keeps what was committed over a kill -9, at the price of speed. Off by default: tests throw it all away. */
  readonly durable?: boolean;
  /** More of the server's own options, such as `--max-connections=20`. */
  readonly arguments?: readonly string[];
}

const UP_WITHIN_MS = 60_000;
const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
const QUICK = ['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0', '--sync-binlog=0'];

/** A MariaDB or MySQL server of our own: in a temporary folder, on a free loopback port, gone when closed. */
export class PrivateMariadb {
  readonly port: number;
  readonly #binary: MariadbBinary;
  readonly #folder: string;
  readonly #options: MariadbOptions;
  #server?: ChildProcess;
  #watchman?: ChildProcess;
  #words = '';

  private constructor(binary: MariadbBinary, folder: string, port: number, options: MariadbOptions) {
    this.#binary = binary;
    this.#folder = folder;
    this.port = port;
    this.#options = options;
  }

  static async start(binary: MariadbBinary, options: MariadbOptions = {}): Promise<PrivateMariadb> {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-mariadb-'));
    const database = new PrivateMariadb(binary, folder, await freePort(), options);
    try {
      await prepareFolder(binary, join(folder, 'data'), asRoot);
      await database.up();
    } catch (error) {
      await database.close();
      throw error;
    }
    return database;
  }

  /** The server's address, with no schema: `mysql://root@127.0.0.1:<port>`. */
  get url(): string {
    return `mysql://root@127.0.0.1:${this.port}`;
  }

  /** Starts the server on the data it has, and waits until it takes connections. */
  async up(): Promise<void> {
    const server = spawn(this.#binary.server, this.#arguments(), { stdio: ['ignore', 'ignore', 'pipe'] });
    server.stderr.on(
      'data',
      (chunk: Buffer) => (this.#words = (this.#words + chunk.toString()).slice(-4000)),
    );
    this.#server = server;
    this.#watchman = watchmanFor(server, this.#folder);
    const patience = AbortSignal.timeout(UP_WITHIN_MS);
    while (!(await answers(this.port))) {
      if (server.exitCode !== null || server.signalCode !== null || patience.aborted) {
        throw new Error(`${this.#binary.server} does not start:\n${this.#words}`);
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
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #arguments(): string[] {
    return [
      '--no-defaults',
      `--datadir=${join(this.#folder, 'data')}`,
      `--socket=${join(this.#folder, 'socket')}`,
      `--pid-file=${join(this.#folder, 'pid')}`,
      `--port=${this.port}`,
      '--bind-address=127.0.0.1',
      '--skip-log-bin',
      '--skip-name-resolve',
      '--innodb-buffer-pool-size=64M',
      ...(this.#options.durable ? [] : QUICK),
      ...asRoot,
      ...(this.#options.arguments ?? []),
    ];
  }
}

/** The server greets whoever connects; a port that merely accepts is not up yet. */
async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'data', { signal: AbortSignal.timeout(1000) });
    return true;
  } catch {
    return false; // Refused or silent: not up yet, and asked again.
  } finally {
    socket.destroy();
  }
}
