import { setTimeout as sleep } from 'node:timers/promises';
import type { RevocationKind } from '@gatehouse/contracts';
import type { Flaw } from './flaws.fixture.js';
import type { PlainTokens } from './plain.tokens.fixture.js';

type Entry = [kind: RevocationKind, id: string, expires_at: number, before?: number | undefined];

/** Which claim names what is revoked. */
const CLAIMS = { token: 'jti', session: 'sid', subject: 'sub', client: 'client_id' } as const;
const PASSING: Partial<Record<Flaw, RevocationKind>> = {
  'revoked tokens pass': 'token',
  'revoked sessions pass': 'session',
  'revoked subjects pass': 'subject',
  'revoked clients pass': 'client',
  'retired keys pass': 'key',
};
const SKEW = 60;

/** What has ended before its time: a snapshot, and from there on the feed. */
export class PlainFeed {
  private readonly ended = new Map<string, number>();
  private position: number | undefined;
  private heardAt = Number.NEGATIVE_INFINITY;
  private readonly stopping = new AbortController();

  constructor(
    private readonly issuer: string,
    private readonly tokens: PlainTokens,
    private readonly maxStaleness: number,
    private readonly flaw: Flaw | undefined,
  ) {
    if (flaw === 'passes before the first synced') this.heardAt = Date.now();
  }

  get current(): boolean {
    return Date.now() - this.heardAt <= this.maxStaleness * 1_000;
  }

  covers(claims: Record<string, unknown>, kid: string): boolean {
    const iat = Number(claims['iat']) - SKEW;
    const passing = this.flaw && PASSING[this.flaw];
    return Object.entries({ ...CLAIMS, key: undefined })
      .filter(([kind]) => kind !== passing)
      .some(
        ([kind, claim]) =>
          iat <= (this.ended.get(`${kind} ${claim ? String(claims[claim]) : kid}`) ?? -Infinity),
      );
  }

  start(): void {
    void this.run();
  }

  stop(): void {
    this.stopping.abort();
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      await this.follow().catch(() => undefined); // whatever it was, it is tried again
      if (this.flaw === 'no resuming after a cut') return;
      await sleep(50);
    }
  }

  private async follow(): Promise<void> {
    this.position ??= await this.snapshot();
    const answer = await this.get(`/revocations?after=${this.position}`);
    let text = '';
    for await (const piece of answer.body!.pipeThrough(new TextDecoderStream())) {
      const frames = (text + piece).split('\n\n');
      text = frames.pop()!;
      frames.forEach((frame) => this.take(frame));
    }
  }

  private take(frame: string): void {
    const fields = Object.fromEntries(frame.split('\n').map((line) => line.split(/: (.*)/s, 2))) as Record<
      string,
      string
    >;
    if (fields['event'] === 'reset') this.position = undefined;
    if (fields['event'] === 'revocation') {
      const { kind, id, expires_at, before } = JSON.parse(fields['data']!) as {
        kind: RevocationKind;
        id: string;
        expires_at: number;
        before?: number;
      };
      this.end([kind, id, expires_at, before]);
    }
    if (fields['id']) this.position = Number(fields['id']);
    if (fields['event'] !== 'reset') this.heardAt = Date.now();
  }

  private async snapshot(): Promise<number> {
    for (let after = 0; ;) {
      const page = (await (await this.get(`/revocations/snapshot?after=${after}`)).json()) as {
        position: number;
        more: boolean;
        revocations: Entry[];
      };
      page.revocations.forEach((entry) => this.end(entry));
      after = page.position;
      if (!page.more) return after;
    }
  }

  private end([kind, id, , before = Infinity]: Entry): void {
    this.ended.set(`${kind} ${id}`, this.flaw === 'before is not looked at' ? Infinity : before);
  }

  private async get(path: string): Promise<Response> {
    const headers = { authorization: `Bearer ${await this.tokens.own()}` };
    const answer = await fetch(this.issuer + path, { headers, signal: this.stopping.signal });
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
    return answer;
  }
}
