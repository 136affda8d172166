import { CLIENT } from './compared.identity.js';

/** A feed as it is read: the answer's own headers, and the kinds of frames that came, without their values. */
export interface FeedReading {
  readonly status: number;
  readonly type: string | null;
  readonly caching: string | null;
  readonly frames: readonly string[];
}

/** Reads the feed from a position on, until its first comment or its end. */
export async function readFeed(issuer: string, bearer: string, after: string): Promise<FeedReading> {
  const answer = await fetch(`${issuer}/revocations`, {
    headers: { authorization: `Bearer ${bearer}`, 'last-event-id': after },
    signal: AbortSignal.timeout(15_000),
  });
  const { status, headers } = answer;
  let text = '';
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (/^:/m.test(text)) break;
  }
  const frames = text.split('\n\n').slice(0, -1).map(kindOf);
  return { status, type: headers.get('content-type'), caching: headers.get('cache-control'), frames };
}

/** A frame with its field names, its event, and what its data is about. */
function kindOf(frame: string): string {
  return frame
    .split('\n')
    .map((line) => {
      const [, field = '', value = ''] = /^(\w*): ?(.*)$/.exec(line) ?? [];
      if (field === 'event') return line;
      if (field === 'id') return /^\d+$/.test(value) ? 'id: a position' : line;
      return field === 'data' ? `data: ${membersOf(value)}` : line;
    })
    .join(', ');
}

function membersOf(json: string): string {
  const members = JSON.parse(json) as { kind?: string };
  return [members.kind ?? 'nothing', ...Object.keys(members).sort()].join(' ');
}

/** The token endpoint's answer to an API key. */
export async function exchange(issuer: string, key: string): Promise<Response> {
  return fetch(`${issuer}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(CLIENT.join(':')).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: 'urn:gatehouse:params:oauth:token-type:api-key',
      subject_token: key,
    }),
  });
}
