import type { IncomingMessage } from 'node:http';
import type { RevocationSnapshotDto } from '@gatehouse/contracts';
import { EventStreamParser, type StreamEvent } from './event-stream.parser.js';
import { jsonOf, request } from './feed.request.js';
import { checkedRevocation, FeedFailed, type FeedMessage, type RevocationFeed } from './revocation.feed.js';

/** Gives the bearer token to present; `refused` is one that was not accepted a moment ago. */
export type BearerSource = (refused?: string) => Promise<string>;

/** The feed over HTTP, as identity serves it. */
export class HttpFeed implements RevocationFeed {
  private refused: string | undefined;

  /** @param identityUrl where identity is reached, such as `http://localhost:3000` */
  constructor(
    private readonly identityUrl: string,
    private readonly bearer: BearerSource,
  ) {}

  async page(after: number, signal: AbortSignal): Promise<RevocationSnapshotDto> {
    const answer = await this.get(`/revocations/snapshot?after=${after}`, 'application/json', signal);
    return pageOf(await jsonOf(answer));
  }

  async *follow(after: number, signal: AbortSignal): AsyncGenerator<FeedMessage> {
    const answer = await this.get(`/revocations?after=${after}`, 'text/event-stream', signal);
    const parser = new EventStreamParser();
    for await (const piece of answer as AsyncIterable<Buffer>) {
      yield { type: 'alive' };
      for (const event of parser.push(piece)) yield messageOf(event);
    }
  }

  private async get(path: string, accept: string, signal: AbortSignal): Promise<IncomingMessage> {
    const token = await this.bearer(this.refused);
    const answer = await request({ url: this.identityUrl + path, accept, token, signal });
    const { statusCode, headers } = answer;
    this.refused = statusCode === 401 ? token : undefined;
    if (statusCode === 200 && headers['content-type']?.startsWith(accept)) return answer;
    answer.destroy();
    throw new FeedFailed(`identity answered ${path} with ${statusCode} ${headers['content-type']}`);
  }
}

function messageOf({ type, data, id }: StreamEvent): FeedMessage {
  if (type === 'reset') return { type };
  const position = Number(id);
  if (!Number.isSafeInteger(position) || id === '') throw new FeedFailed(`an event has the position "${id}"`);
  if (type === 'synced') return { type, position };
  if (type !== 'revocation') return { type: 'alive' }; // of a newer identity
  return { type, position, revocation: checkedRevocation(JSON.parse(data)) };
}

function pageOf(body: unknown): RevocationSnapshotDto {
  const page = (body ?? {}) as Partial<RevocationSnapshotDto>;
  if (Number.isSafeInteger(page.position) && Array.isArray(page.revocations))
    return page as RevocationSnapshotDto;
  throw new FeedFailed('a snapshot cannot be read');
}
