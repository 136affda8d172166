/** What to send. */
export interface Load {
  url: string;
  /** A file with one bearer token per line, which are sent in turn. */
  tokens: string;
  /** Where in the file to begin. */
  offset: number;
  connections: number;
  seconds: number;
}

/** What came of it. */
export interface LoadResult {
  requests: number;
  perSecond: number;
  /** Milliseconds. */
  p99: number;
  /** Answers that were not 200, and requests without one. */
  failed: number;
}
