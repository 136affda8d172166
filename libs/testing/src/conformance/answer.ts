import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';

/** A header as it goes out; the same name twice goes out as two headers. */
export type HeaderPair = readonly [name: string, value: string];

/** A request, as raw as cases of refusals want it. */
export interface Outgoing {
  readonly method?: string;
  readonly headers?: readonly HeaderPair[];
  readonly body?: string | undefined;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body where it is a JSON object. */
  readonly problem: Readonly<Record<string, unknown>>;
  /** The parameters of the one `WWW-Authenticate: Bearer` challenge; undefined without one. */
  readonly challenge: Readonly<Record<string, string>> | undefined;
}

/** An answer that takes longer is none. Milliseconds. */
const PATIENCE = 5_000;

/** Sends one request on a connection of its own; not by fetch, which joins two headers of one name. */
export function send(url: string, { method = 'GET', headers = [], body }: Outgoing = {}): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const outgoing = request(url, { method, agent: false, timeout: PATIENCE }, (incoming) => {
    resolve(answerOf(incoming));
  });
  for (const name of new Set(headers.map(([each]) => each.toLowerCase()))) {
    const values = headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
    outgoing.setHeader(name, values.length === 1 ? values[0]! : values);
  }
  // Of DELETE Node takes it for granted that there is no body.
  if (body !== undefined) outgoing.setHeader('content-length', Buffer.byteLength(body));
  outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${PATIENCE} ms`)));
  outgoing.on('error', reject).end(body);
  return promise;
}

async function answerOf(incoming: IncomingMessage): Promise<Answer> {
  const text = Buffer.concat((await incoming.toArray()) as Buffer[]).toString();
  const { statusCode: status = 0, headers } = incoming;
  const challenge = challengeIn(headers['www-authenticate']);
  return { status, headers, text, problem: objectIn(text), challenge };
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    return {}; // not JSON: the case that looks for a member says what it misses
  }
}

// auth-param with quoted-string values, RFC 9110 §11.2; tokens are accepted as well
const PARAMETER = /([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g;

function challengeIn(header: string | undefined): Record<string, string> | undefined {
  if (header === undefined || !/^bearer(?:\s|$)/i.test(header)) return undefined;
  const parameters = [...header.matchAll(PARAMETER)];
  return Object.fromEntries(parameters.map(([, name, quoted, token]) => [name!, quoted ?? token ?? '']));
}
