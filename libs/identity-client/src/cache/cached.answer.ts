import type { UpstreamAnswer } from '../upstream/upstream.answer.js';

/** An answer as it is kept: plain data, that a store may write down as JSON. */
export interface CachedAnswer {
  status: number;
  headers: Record<string, string>;
  text: string;
  /** When the upstream last said so, in milliseconds since the epoch. */
  validatedAt: number;
}

/** The rest tells of one exchange, or of one connection, and would be wrong in another. */
const KEPT = ['content-type', 'content-language', 'etag', 'last-modified', 'link', 'vary'];

/** What is kept of an answer. */
export function kept({ status, headers, text }: UpstreamAnswer<unknown>): CachedAnswer {
  const present = KEPT.flatMap((name) =>
    headers[name] === undefined ? [] : [[name, headers[name]] as const],
  );
  return { status, headers: Object.fromEntries(present), text, validatedAt: Date.now() };
}
