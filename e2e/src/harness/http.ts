import { request, type IncomingHttpHeaders } from 'node:http';

/** A request, as raw as tests of refusals want it. */
export interface Outgoing {
  readonly method?: string;
  /** A list goes out as one header for each of its items. */
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** Bytes as they go out; an object goes out as JSON, with its content type. */
  readonly body?: string | Buffer | object;
  /** An access token for the Authorization header. */
  readonly bearer?: string;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON, of whatever shape the test expects. */
  json<T = Record<string, unknown>>(): T;
}

/** Longer than any answer may take: a hang is a failure. */
const PATIENCE_MS = 10_000;

/** Sends one request on a connection of its own and reads the whole answer. */
export function send(
  url: string,
  { method = 'GET', headers = {}, body, bearer }: Outgoing = {},
): Promise<Answer> {
  const structured = typeof body === 'object' && !Buffer.isBuffer(body);
  const bytes = structured ? JSON.stringify(body) : body;
  const all = {
    ...(structured && { 'content-type': 'application/json' }),
    ...(bytes !== undefined && { 'content-length': Buffer.byteLength(bytes) }),
    ...(bearer && { authorization: `Bearer ${bearer}` }),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { method, headers: all, agent: false, timeout: PATIENCE_MS },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({
            status: incoming.statusCode!,
            headers: incoming.headers,
            text,
            json: () => JSON.parse(text),
          });
        });
      },
    );
    outgoing.on('timeout', () =>
      outgoing.destroy(new Error(`${method} ${url}: no answer in ${PATIENCE_MS} ms`)),
    );
    outgoing.on('error', reject);
    outgoing.end(bytes);
  });
}
