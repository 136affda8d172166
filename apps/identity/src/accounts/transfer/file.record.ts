/** One record of a file, not understood yet. */
export interface FileRecord {
  /** Where it begins; the first line is 1. */
  readonly line: number;
  /** What it says, by column or member; undefined where {@link trouble} says why. */
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly trouble?: string;
}
