/** Lets one work in at a time, in order of arrival. */
export class Mutex {
  private last: Promise<unknown> = Promise.resolve();
  private present = 0;

  /** How many are in, or wait for it. */
  get size(): number {
    return this.present;
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    this.present += 1;
    const turn = this.last.then(work).finally(() => (this.present -= 1));
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
