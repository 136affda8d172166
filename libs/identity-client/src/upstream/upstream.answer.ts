/** What another service answered: its status, its headers in lower case, its body as text and as data. */
export class UpstreamAnswer<T> {
  #data?: T;

  constructor(
    readonly status: number,
    readonly headers: Readonly<Record<string, string | undefined>>,
    /** The body as it came: what passes this on is parsed by nobody. */
    readonly text: string,
  ) {}

  /** The body, parsed when first looked at; undefined when there is none. */
  get data(): T {
    if (this.text !== '') this.#data ??= JSON.parse(this.text) as T;
    return this.#data as T;
  }

  /** A member of the body, where the body is a JSON object that has it as text: for answers of unknown shape. */
  textOf(member: string): string | undefined {
    try {
      const value = (JSON.parse(this.text) as Record<string, unknown> | null)?.[member];
      return typeof value === 'string' ? value : undefined;
    } catch {
      return undefined;
    }
  }
}
