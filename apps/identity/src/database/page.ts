/** Which part of a list. */
export interface PageChoice {
  /** How many entries at most. */
  readonly limit: number;
  /** The id of the last entry of the page before. */
  readonly after?: string;
}

/** A part of a list, and whether there is another one behind it. */
export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly more: boolean;
}

/** @param rows up to one more than the page may have, which tells that there is more */
export function pageOf<Row>(rows: readonly Row[], limit: number): Page<Row> {
  return { entries: rows.slice(0, limit), more: rows.length > limit };
}
