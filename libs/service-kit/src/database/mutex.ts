/** Lets one in at a time, in order of arrival. */
export class Mutex {
  private last: Promise<void> = Promise.resolve();
  private present = 0;

  /** How many are in, or wait for it. */
  get size(): number {
    return this.present;
  }

  /** @returns leaves it */
  async enter(): Promise<() => void> {
    const { promise: left, resolve: leave } = Promise.withResolvers<void>();
    const before = this.last;
    this.last = left;
    this.present += 1;
    await before;
    return () => {
      this.present -= 1;
      leave();
    };
  }
}
