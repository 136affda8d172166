import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { RevocationDto, RevocationSnapshotDto } from '@gatehouse/contracts';
import type { TestDocument } from './test.documents.js';

/** Receivers are promised a comment every 5 s. Milliseconds. */
const COMMENT_EVERY = 4_000;

/**
 * The revocation feed of a {@link TestIdentity}: ends what a test says, and breaks as a test says.
 *
 * @example
 * identity.feed.revoke({ kind: 'session', id: 'ses_1', expires_at: 4_000_000_000 });
 */
export class TestFeed {
  /** Revocations on one page of a snapshot. */
  pageSize = 1_000;
  /** What was asked for, in order: paths with their query. */
  readonly requests: string[] = [];
  /** The bearers that came with them. */
  readonly bearers: (string | undefined)[] = [];
  private readonly followers = new Set<ServerResponse>();
  private readonly comments: NodeJS.Timeout;
  private entries: { position: number; revocation: RevocationDto }[] = [];
  private origin = 1_000;
  private position = 1_000;
  private refusals = 0;
  private held = false;

  /** @param commentEvery milliseconds between the comments that tell that there is somebody here */
  constructor(commentEvery = COMMENT_EVERY) {
    this.comments = setInterval(() => this.send(':\n\n'), commentEvery).unref();
  }

  /** How many follow it now. */
  get size(): number {
    return this.followers.size;
  }

  /** Ends something, and tells all who follow. */
  revoke(revocation: RevocationDto): number {
    this.position += 1;
    const entry = { position: this.position, revocation };
    this.entries.push(entry);
    this.send(frameOf(entry));
    return this.position;
  }

  /** Tells all who follow something, as it is. */
  send(text: string): void {
    for (const follower of this.followers) follower.write(text);
  }

  /** Breaks all connections. */
  cut(): void {
    for (const follower of this.followers) follower.destroy();
  }

  /** Ends all connections as one does whose token has expired. */
  end(): void {
    for (const follower of this.followers) follower.end();
  }

  /** From now on a log that has nothing in common with the one before, and knows none of its positions. */
  startOver(): void {
    this.entries = [];
    this.origin = this.position += 1_000;
  }

  /** Answers so many requests with 401. */
  refuse(times: number): void {
    this.refusals = times;
  }

  /** From now on it is not there (503), until {@link release}: nobody who begins gets to know anything. */
  hold(): void {
    this.held = true;
    this.cut();
  }

  /** Ends {@link hold}. */
  release(): void {
    this.held = false;
  }

  /** Stops counting time. */
  close(): void {
    clearInterval(this.comments);
    this.cut();
  }

  /**
   * Answers who asks for it.
   *
   * @param refusal what it is answered instead when it may not have it
   */
  answer({ url = '', headers }: IncomingMessage, response: ServerResponse, refusal?: TestDocument): void {
    const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
    this.requests.push(url);
    this.bearers.push(headers.authorization);
    const encodings = headers['accept-encoding'] ?? '';
    const after = Number(headers['last-event-id'] ?? searchParams.get('after') ?? 0);
    if (this.held) response.writeHead(503, { 'retry-after': '1' }).end();
    else if (this.refusals-- > 0) response.writeHead(401).end();
    else if (refusal) response.writeHead(refusal.status, refusal.headers).end(JSON.stringify(refusal.body));
    else if (pathname.endsWith('/snapshot')) this.answerPage(after, /\bgzip\b/i.test(encodings), response);
    else this.answerStream(after, response);
  }

  private answerPage(after: number, gzip: boolean, response: ServerResponse): void {
    const later = this.entries.filter(({ position }) => position > after);
    const page = later.slice(0, this.pageSize);
    const more = later.length > page.length;
    const body: RevocationSnapshotDto = {
      position: more ? page.at(-1)!.position : this.position,
      more,
      revocations: page.map(({ revocation: { kind, id, expires_at, before } }) =>
        before === undefined ? [kind, id, expires_at] : [kind, id, expires_at, before],
      ),
    };
    const bytes = Buffer.from(JSON.stringify(body));
    response.setHeader('vary', 'Accept-Encoding');
    if (gzip) response.setHeader('content-encoding', 'gzip');
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(gzip ? gzipSync(bytes) : bytes);
  }

  private answerStream(after: number, response: ServerResponse): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    if (after !== 0 && (after < this.origin || after > this.position)) {
      response.end('event: reset\ndata: {}\n\n');
      return;
    }
    const missed = this.entries.filter(({ position }) => position > after);
    response.write(`${missed.map(frameOf).join('')}event: synced\nid: ${this.position}\ndata: {}\n\n`);
    this.followers.add(response);
    response.once('close', () => this.followers.delete(response));
  }
}

function frameOf({ position, revocation }: { position: number; revocation: RevocationDto }): string {
  return `event: revocation\nid: ${position}\ndata: ${JSON.stringify(revocation)}\n\n`;
}
