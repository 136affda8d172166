import { once } from 'node:events';
import { createWriteStream, rmSync, type WriteStream } from 'node:fs';

/** The records that were not imported: one JSON object a line. The records themselves have secrets and stay out of it. */
export class RejectsFile {
  private stream: WriteStream | undefined;

  /** @param path where it comes to be with the first reject; one from before goes */
  constructor(readonly path: string) {
    rmSync(path, { force: true });
  }

  async add(line: number, reason: string): Promise<void> {
    this.stream ??= createWriteStream(this.path, { mode: 0o600 });
    if (!this.stream.write(`${JSON.stringify({ line, reason })}\n`)) await once(this.stream, 'drain');
  }

  async close(): Promise<void> {
    this.stream?.end();
    if (this.stream) await once(this.stream, 'close');
  }
}
