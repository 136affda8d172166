/** What a handler answers with, where the answer has an entity tag. */
export interface Representation<T> {
  body: T;
  /** Becomes the `ETag`. */
  tag: string;
  headers: Readonly<Record<string, string>>;
}
