import type { IncomingHttpHeaders } from 'node:http';

/** What the guard reads of a request; Fastify's and Express's both fit. */
export interface GuardedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly method?: string;
  readonly query?: unknown;
  /** Parsed, where the framework has parsed it. */
  readonly body?: unknown;
  readonly url: string;
  readonly protocol?: string;
  /** Node's own request under Fastify's; Express's is Node's own. */
  readonly raw?: { readonly rawHeaders: readonly string[] };
  readonly rawHeaders?: readonly string[];
  /** Where passport puts who is calling. */
  user?: unknown;
}

/** How often a header was sent. Node keeps the first of several `Authorization` headers: only the raw list tells. */
export function timesSent({ raw, rawHeaders }: GuardedRequest, name: string): number {
  const list = rawHeaders ?? raw?.rawHeaders ?? [];
  let times = 0;
  for (let i = 0; i < list.length; i += 2) {
    const sent = list[i]!;
    if (sent.length === name.length && sent.toLowerCase() === name) times += 1;
  }
  return times;
}

/** Whether the query string has that parameter. */
export function hasQuery({ url, query }: GuardedRequest, name: string): boolean {
  return url.includes('?') && typeof query === 'object' && query !== null && name in query;
}
