import { LONGEST, type Line } from './lines.js';

/** Lines one after the other, with a look at those that follow. */
export class LineQueue {
  private readonly ahead: Line[] = [];
  private looked = 0;

  constructor(private readonly lines: AsyncGenerator<Line, undefined>) {}

  async next(): Promise<Line | undefined> {
    return this.ahead.shift() ?? (await this.lines.next()).value;
  }

  /**
   * A text together with as many of the next lines as it needs to be whole. They stay in the queue until {@link take}.
   *
   * @returns undefined where it would become too long, or never is whole
   */
  async continued(text: string, isOpen: (text: string) => boolean): Promise<string | undefined> {
    const parts = [text];
    let length = text.length;
    for (let open = isOpen(text); open;) {
      const next = (await this.peek(parts.length - 1))?.text;
      length += next?.length ?? 0;
      if (next === undefined || length > LONGEST) return undefined;
      parts.push(next);
      open = !isOpen(next);
    }
    this.looked = parts.length - 1;
    return parts.join('\n');
  }

  /** Takes the lines off the queue that the latest text was continued with. */
  take(): void {
    this.ahead.splice(0, this.looked);
  }

  private async peek(at: number): Promise<Line | undefined> {
    while (this.ahead.length <= at) {
      const { value } = await this.lines.next();
      if (!value) return undefined;
      this.ahead.push(value);
    }
    return this.ahead[at];
  }
}
