/** Of one wait in all that are taken into account: a queue that stands still is noticed at once… */
const WEIGHT = 0.5;
/** …and that it moves is not believed for a few who were lucky. */
const WEIGHT_OF_SHORTER = 0.1;

/** How long a queue takes, judged by those who have been in it: so that nobody joins one that does not move. */
export class ExpectedWait {
  private present = 0;
  private served = 0;
  /** Milliseconds from one who is served to the next. */
  private pace = 0;

  /** Milliseconds that whoever comes next is likely to wait. None for the first in line: somebody has to find out. */
  get ofNext(): number {
    return this.present * this.pace;
  }

  /** @returns to be called at the end of the wait, with whether it was good for something */
  enter(): (served: boolean) => void {
    const [began, servedBefore] = [performance.now(), this.served];
    this.present += 1;
    return (served) => {
      this.present -= 1;
      if (served) this.served += 1;
      const passed = this.served - servedBefore + (served ? 0 : 1);
      const change = (performance.now() - began) / passed - this.pace;
      this.pace += change * (change > 0 ? WEIGHT : WEIGHT_OF_SHORTER);
    };
  }
}
