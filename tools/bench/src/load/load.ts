/** What to send. */
export interface Load {
  url: string;
  /** A file with one bearer token per line, which are sent in turn. */
  tokens: string;
  /** The line to begin with. */
  offset: number;
  /** How many to send before beginning again; to the end of the file by default. */
  count?: number;
  connections: number;
  seconds: number;
}

/** What came of it. */
export interface LoadResult {
  requests: number;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Answers that were not 200, and requests without one. */
  failed: number;
  /** How much of a core the generator itself took; 0 where nobody tells. */
  ownCores: number;
}

/** Sends a load. */
export type SendLoad = (load: Load) => Promise<LoadResult>;
