import type { WriteStream } from 'node:tty';

const WIDTH = 24;
/** Milliseconds. */
const DRAW_EVERY = 100;

/** How far something has come, drawn over itself on a terminal; elsewhere it keeps silent. */
export class ProgressBar {
  private drawnAt = 0;
  private readonly startedAt = Date.now();

  /** @param total how much there is; undefined where nobody knows */
  constructor(
    private readonly total: number | undefined,
    private readonly stream: Pick<WriteStream, 'write' | 'isTTY'> = process.stderr,
  ) {}

  /** @param done of the total @param words what else there is to say */
  show(done: number, words: string): void {
    if (!this.stream.isTTY || Date.now() - this.drawnAt < DRAW_EVERY) return;
    this.drawnAt = Date.now();
    const seconds = Math.round((this.drawnAt - this.startedAt) / 1_000);
    this.stream.write(`\r${this.bar(done)}${words}, ${seconds} s\u001B[K`);
  }

  /** Takes the bar away. */
  end(): void {
    if (this.stream.isTTY) this.stream.write('\r\u001B[K');
  }

  private bar(done: number): string {
    if (!this.total) return '';
    const share = Math.min(done / this.total, 1);
    const filled = Math.round(share * WIDTH);
    const percent = `${Math.floor(share * 100)}`.padStart(3);
    return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${percent} %  `;
  }
}
