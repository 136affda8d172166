import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type App, ROOT } from '../workspace/apps.ts';
import { Trouble } from '../workspace/trouble.ts';

/** Which of its two streams a service wrote a line to. */
export type Stream = 'stdout' | 'stderr';

/** How a service is started. */
export interface LaunchOptions {
  /** Its whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Sees every line the service writes. */
  readonly onLine?: (line: string, stream: Stream) => void;
  /** More arguments to its main, such as `migrate`. */
  readonly arguments?: readonly string[];
}

/** How a service's process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A service ended that should be running. */
export class ServiceEnded extends Trouble {}

const LAST_WORDS = 20;

/**
 * One built app as a child process. It is forked, so that it tells by IPC where it listens, and stops by itself when
 * this process is gone, however that came about.
 */
export class ServiceProcess {
  readonly app: App;
  /** Its address, once it listens; fails with {@link ServiceEnded} when it ends before. */
  readonly listening: Promise<string>;
  readonly ended: Promise<Ending>;
  readonly #child: ChildProcess;
  readonly #lastWords: string[] = [];

  constructor(app: App, options: LaunchOptions) {
    this.app = app;
    this.#child = fork(app.main, [...(options.arguments ?? [])], {
      cwd: ROOT,
      env: { ...options.env },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#read('stdout', options.onLine);
    this.#read('stderr', options.onLine);
    // 'close', not 'exit': by then everything it wrote has been read.
    this.ended = new Promise((resolve) =>
      this.#child.once('close', (code, signal) => resolve({ code, signal })),
    );
    this.listening = Promise.race([
      new Promise<string>((resolve) => this.#child.on('message', (message) => resolve(urlOf(message)))),
      this.failure(),
    ]);
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Never resolves; fails when the service ends, with what it said last. */
  async failure(): Promise<never> {
    const { code, signal } = await this.ended;
    const words = this.#lastWords.join('\n').trim();
    if (words) throw new ServiceEnded(words);
    const how = signal ? `was ended by ${signal}` : `stopped with exit code ${code}`;
    throw new ServiceEnded(`${this.app.name} ${how}. Its last words are in its log.`);
  }

  /** Sends a signal; `SIGSTOP` and `SIGCONT` pause and resume it. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Asks it to stop and waits; ends it hard when it takes longer than `patience` ms. */
  async stop(patience = 12_000): Promise<Ending> {
    this.signal('SIGTERM');
    const hard = setTimeout(() => this.signal('SIGKILL'), patience);
    const ending = await this.ended;
    clearTimeout(hard);
    return ending;
  }

  #read(stream: Stream, onLine: LaunchOptions['onLine']): void {
    createInterface({ input: this.#child[stream] as Readable }).on('line', (line) => {
      if (stream === 'stderr') this.#remember(line);
      onLine?.(line, stream);
    });
  }

  #remember(line: string): void {
    this.#lastWords.push(line);
    if (this.#lastWords.length > LAST_WORDS) this.#lastWords.shift();
  }
}

function urlOf(message: unknown): string {
  const { type, url } = message as { type?: string; url?: string };
  if (type !== 'listening' || !url) throw new Error('a service sent a message nobody here understands');
  return url;
}
