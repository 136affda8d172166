import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a bench keeps its files while it runs, and what has to be ended after it. */
export class Workplace {
  private readonly endings: (() => Promise<void>)[] = [];

  private constructor(private readonly folder: string) {}

  /** Ends and removes everything after the work, also when it fails or is stopped. */
  static async with(work: (place: Workplace) => Promise<void>): Promise<void> {
    const place = new Workplace(await mkdtemp(join(tmpdir(), 'gatehouse-bench-')));
    const stop = (): void => {
      place.remove();
      // Processes that were started end with this one.
      process.exit(1);
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
    try {
      await work(place);
    } finally {
      for (const end of place.endings.toReversed()) await end();
      place.remove();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
    }
  }

  /** A SQLite database of its own. */
  sqliteUrl(name: string): string {
    return `sqlite:${this.file(name)}.sqlite`;
  }

  /** The path of a file of that name. */
  file(name: string): string {
    return join(this.folder, name);
  }

  /** Does this when all is done: the latest first. */
  leaveBy(end: () => Promise<void>): void {
    this.endings.push(end);
  }

  private remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
