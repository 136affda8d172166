/** Work that many may need at the same moment and that is done once for all of them. */
export class SingleFlight<T> {
  #underWay?: Promise<T>;

  constructor(private readonly work: () => Promise<T>) {}

  /** Joins the work under way, or starts it. */
  run(): Promise<T> {
    return (this.#underWay ??= this.work().finally(() => {
      this.#underWay = undefined;
    }));
  }
}
