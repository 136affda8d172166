import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Asks an address again and again, in a thread of its own, so that what this one is busy with does not count. */
export class Pulse {
  readonly #thread: Worker;

  /** @param interval milliseconds between an answer and the next request */
  constructor(url: string, interval = 10) {
    this.#thread = new Worker(new URL('./pulse.thread.ts', import.meta.url), {
      workerData: { url, interval },
    });
  }

  /** How long each answer took since it was last asked, in milliseconds; infinitely, where it was none or no 200. */
  async times(): Promise<number[]> {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
    this.#thread.postMessage('times');
    const [times] = (await once(this.#thread, 'message')) as [number[]];
    return times;
  }

  async stop(): Promise<void> {
    await this.#thread.terminate();
  }
}
