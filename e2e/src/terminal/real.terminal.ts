import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { ROOT } from '@gatehouse/workspace';
import xterm, { type Terminal } from '@xterm/headless';

const SIZE = { cols: 110, rows: 34 };

/** A command under a real pseudo-terminal, and the screen that a person would see. */
export class RealTerminal {
  readonly screen: Terminal = new xterm.Terminal({ ...SIZE, allowProposedApi: true });
  readonly ended: Promise<unknown>;
  readonly #child: ChildProcess;

  constructor(command: string, env: Readonly<Record<string, string | undefined>>) {
    const sized = `stty cols ${SIZE.cols} rows ${SIZE.rows} && ${command}`;
    // util-linux's `script`, or that of BSD and macOS.
    const args =
      process.platform === 'linux' ? ['-qfec', sized, '/dev/null'] : ['-q', '/dev/null', 'sh', '-c', sized];
    const { NO_COLOR: _, CI: __, ...inherited } = process.env;
    this.#child = spawn('script', args, {
      cwd: ROOT,
      env: { ...inherited, TERM: 'xterm-256color', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child.stdout!.on('data', (chunk: Buffer) => this.screen.write(chunk));
    this.ended = once(this.#child, 'close');
  }

  /** What stands on it now, line by line. */
  get lines(): string[] {
    const buffer = this.screen.buffer.active;
    return Array.from(
      { length: buffer.length },
      (_, row) => buffer.getLine(row)?.translateToString(true) ?? '',
    );
  }

  /** Types something, such as Ctrl-C. */
  type(keys: string): void {
    this.#child.stdin!.write(keys);
  }
}
