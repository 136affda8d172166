import type { RevocationDto, RevocationSnapshotDto } from '@gatehouse/contracts';
import { basic } from './credentials.js';
import type { IdentityTestApp } from './identity.test-app.js';

/** One event of the stream, as it came. */
export interface FeedEvent {
  event: string;
  id: number | undefined;
  data: Partial<RevocationDto>;
}

/** An open connection to the feed, read as a person with curl would. */
export class FeedConnection {
  readonly events: FeedEvent[] = [];
  comments = 0;
  /** Fulfilled when it has ended, by whomever and however. */
  readonly ended: Promise<void>;
  /** Whether it broke off instead of coming to an end. */
  broken = false;
  private text = '';

  constructor(
    readonly answer: Response,
    private readonly abort: AbortController,
  ) {
    this.ended = this.read();
  }

  get synced(): boolean {
    return this.events.some(({ event }) => event === 'synced');
  }

  get position(): number {
    return Math.max(...this.events.map(({ id = 0 }) => id));
  }

  /** Ids of what was revoked, in the order in which it was told. */
  get revoked(): string[] {
    return this.events.flatMap(({ event, data }) => (event === 'revocation' ? [data.id!] : []));
  }

  close(): void {
    this.abort.abort();
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const piece of this.answer.body!) this.take(decoder.decode(piece, { stream: true }));
    } catch {
      this.broken = true;
    }
  }

  private take(piece: string): void {
    const blocks = (this.text + piece).split('\n\n');
    this.text = blocks.pop()!;
    for (const block of blocks) {
      if (block.startsWith(':')) this.comments += 1;
      else this.events.push(eventOf(block));
    }
  }
}

function eventOf(block: string): FeedEvent {
  const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s, 2))) as Record<
    string,
    string | undefined
  >;
  return {
    event: fields['event']!,
    id: fields['id'] === undefined ? undefined : Number(fields['id']),
    data: JSON.parse(fields['data']!) as Partial<RevocationDto>,
  };
}

/** A token of the demo client, which may follow the feed. */
export async function feedToken(app: IdentityTestApp): Promise<string> {
  const answer = await app.form('/oauth/token', { grant_type: 'client_credentials' }, basic());
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** Opens the feed. */
export async function follow(
  app: Pick<IdentityTestApp, 'fetch'>,
  token: string,
  { after, lastEventId }: { after?: number | string; lastEventId?: number | string } = {},
): Promise<FeedConnection> {
  const abort = new AbortController();
  const answer = await app.fetch(after === undefined ? '/revocations' : `/revocations?after=${after}`, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(lastEventId !== undefined && { 'last-event-id': String(lastEventId) }),
    },
    signal: abort.signal,
  });
  return new FeedConnection(answer, abort);
}

/** One page of the snapshot. */
export async function snapshot(
  app: Pick<IdentityTestApp, 'fetch'>,
  token: string,
  after?: number,
): Promise<RevocationSnapshotDto> {
  const path = after === undefined ? '/revocations/snapshot' : `/revocations/snapshot?after=${after}`;
  const answer = await app.fetch(path, { headers: { authorization: `Bearer ${token}` } });
  return (await answer.json()) as RevocationSnapshotDto;
}
