import { Agent, request } from 'node:http';

/** One request, as raw as Node's client sends it. */
export interface Outgoing {
  readonly method: string;
  /** Path and query, as they go out. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** An object goes out as JSON. */
  readonly body?: string | Buffer | object;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly milliseconds: number;
}

/** Longer than any answer may take. */
const PATIENCE = 10_000;

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/**
 * Sends one request and reads the whole answer, of a stream its head alone. Undefined when Node's client refuses to
 * send such a thing: then nothing was tried.
 */
export function send(url: string, outgoing: Outgoing): Promise<Answer | undefined> {
  const { method, target, headers = {}, body } = outgoing;
  const structured = typeof body === 'object' && !Buffer.isBuffer(body);
  const bytes = structured ? JSON.stringify(body) : body;
  const length = bytes === undefined ? {} : { 'content-length': String(Buffer.byteLength(bytes)) };
  const all = { ...(structured && { 'content-type': 'application/json' }), ...length, ...headers };
  const { hostname, port } = new URL(url);
  const start = performance.now();
  return new Promise((resolve, reject) => {
    let sent: ReturnType<typeof request>;
    try {
      sent = request({ hostname, port, method, path: target, headers: all, agent, timeout: PATIENCE });
    } catch {
      resolve(undefined); // a header or a path that Node does not send
      return;
    }
    sent.on('response', (answer) => {
      const tell = (text: string) =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text,
          milliseconds: performance.now() - start,
        });
      if (String(answer.headers['content-type']).startsWith('text/event-stream')) {
        tell('');
        sent.destroy();
        return;
      }
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => tell(Buffer.concat(chunks).toString()));
      answer.on('error', reject);
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer in ${PATIENCE} ms`)));
    sent.on('error', reject);
    sent.end(bytes);
  });
}
