import { get as getOverHttp, type IncomingMessage } from 'node:http';
import { get as getOverHttps } from 'node:https';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const unpack = promisify(gunzip);
/** Bytes; no page is near as large. */
const LARGEST_BODY = 32_000_000;

/** What to ask for, and as whom. */
export interface FeedRequest {
  url: string;
  /** Media type. */
  accept: string;
  token: string;
  /** Breaks it off, wherever it stands. */
  signal: AbortSignal;
}

/**
 * Asks, and waits for the head of the answer. Redirects are not followed: they would carry the token to an address
 * that nobody configured. By `node:http`: `fetch` needs twice the memory for the body of a large answer.
 */
export function request({ url, accept, token, signal }: FeedRequest): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const headers = { Accept: accept, 'Accept-Encoding': 'gzip', Authorization: `Bearer ${token}` };
  const get = url.startsWith('https:') ? getOverHttps : getOverHttp;
  get(url, { headers, signal }, resolve).on('error', reject);
  return promise;
}

/** The whole body of an answer, as JSON. */
export async function jsonOf(answer: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of answer as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > LARGEST_BODY) throw new Error('the answer is too large');
    pieces.push(piece);
  }
  const body = Buffer.concat(pieces);
  const packed = answer.headers['content-encoding'] === 'gzip';
  return JSON.parse((packed ? await unpack(body, { maxOutputLength: LARGEST_BODY }) : body).toString());
}
