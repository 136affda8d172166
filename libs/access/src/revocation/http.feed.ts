import type { CompactRevocation, RevocationDto, RevocationSnapshotDto } from '@gatehouse/contracts';
import { EventStreamParser, type StreamEvent } from './event-stream.parser.js';
import { FeedFailed, type FeedMessage, type RevocationFeed, type SnapshotPage } from './revocation.feed.js';

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

  async page(after: number, signal: AbortSignal): Promise<SnapshotPage> {
    const answer = await this.get(`/revocations/snapshot?after=${after}`, 'application/json', signal);
    return pageOf(await answer.json());
  }

  async *follow(after: number, signal: AbortSignal): AsyncGenerator<FeedMessage> {
    const answer = await this.get(`/revocations?after=${after}`, 'text/event-stream', signal);
    const parser = new EventStreamParser();
    for await (const piece of answer.body ?? []) {
      yield { type: 'alive' };
      for (const event of parser.push(piece)) yield messageOf(event);
    }
  }

  private async get(path: string, type: string, signal: AbortSignal): Promise<Response> {
    const token = await this.bearer(this.refused);
    const answer = await fetch(this.identityUrl + path, {
      headers: { Accept: type, Authorization: `Bearer ${token}` },
      redirect: 'error', // it would carry the token to an address that nobody configured
      signal,
    });
    this.refused = answer.status === 401 ? token : undefined;
    if (answer.ok && answer.headers.get('content-type')?.startsWith(type)) return answer;
    await answer.body?.cancel();
    throw new FeedFailed(
      `identity answered ${path} with ${answer.status} ${answer.headers.get('content-type')}`,
    );
  }
}

function messageOf({ type, data, id }: StreamEvent): FeedMessage {
  if (type === 'reset') return { type };
  const position = Number(id);
  if (!Number.isSafeInteger(position) || id === '') throw new FeedFailed(`an event has the position "${id}"`);
  if (type === 'synced') return { type, position };
  if (type !== 'revocation') return { type: 'alive' }; // of a newer identity
  return { type, position, revocation: revocationOf(JSON.parse(data)) };
}

function pageOf(body: unknown): SnapshotPage {
  const { position, more, revocations } = (body ?? {}) as Partial<RevocationSnapshotDto>;
  if (!Number.isSafeInteger(position) || !Array.isArray(revocations)) throw new FeedFailed('no snapshot');
  return { position: position!, more: more === true, revocations: revocations.map(expanded) };
}

function expanded([kind, id, expires_at, before]: CompactRevocation): RevocationDto {
  return revocationOf({ kind, id, expires_at, before });
}

// A kind that is not known here is kept all the same: nothing asks for it.
function revocationOf(value: unknown): RevocationDto {
  const { kind, id, expires_at, before } = (value ?? {}) as Partial<RevocationDto>;
  const wellFormed =
    typeof kind === 'string' &&
    typeof id === 'string' &&
    Number.isFinite(expires_at) &&
    (before === undefined || Number.isFinite(before));
  if (!wellFormed) throw new FeedFailed('a revocation cannot be read');
  return { kind, id, expires_at: expires_at!, ...(before !== undefined && { before }) };
}
