import { text } from 'node:stream/consumers';
import { request } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { request as secureRequest } from 'node:https';

/** What a service answered. */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The body as JSON; undefined where it is none. */
  json<T>(): T | undefined;
}

/** What is sent. */
export interface Question {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly form?: Readonly<Record<string, string>>;
}

/** Longer than any service here may take to answer. Milliseconds. */
const PATIENCE = 3_000;

/** Nothing answered there: nothing listens, or what listens says nothing that is HTTP. */
export class NoReply extends Error {
  override readonly name = 'NoReply';
  /** Nothing listens, as opposed to something that says nothing or no HTTP. */
  readonly refused: boolean;

  constructor(cause: unknown) {
    super('no answer', { cause });
    this.refused = (cause as { code?: string }).code === 'ECONNREFUSED';
  }
}

/** Sends one request on a connection of its own. @throws NoReply */
export async function ask(
  url: string,
  { method = 'GET', headers = {}, form }: Question = {},
): Promise<Reply> {
  const body = form && new URLSearchParams(form).toString();
  const typed = body ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
  const send = url.startsWith('https:') ? secureRequest : request;
  const options = { method, headers: { ...typed, ...headers }, agent: false as const };
  try {
    return await new Promise<Reply>((resolve, reject) => {
      const outgoing = send(url, { ...options, signal: AbortSignal.timeout(PATIENCE) }, (incoming) => {
        const { statusCode: status = 0, headers: received } = incoming;
        text(incoming).then(
          (all) => resolve({ status, headers: received, body: all, json: () => parsed(all) }),
          reject,
        );
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  } catch (error) {
    throw new NoReply(error);
  }
}

function parsed<T>(body: string): T | undefined {
  try {
    return JSON.parse(body) as T;
  } catch {
    return undefined; // Not JSON: whoever asked for it can tell what that means.
  }
}
