import type { CompactRevocation, RevocationSnapshotDto } from '@gatehouse/contracts';
import { ask, type Reply } from '../setup/reply.ts';
import { serviceTokenOf } from './service.token.ts';
import type { TokenCase } from './token.case.ts';

/** Enough for any set-up that somebody develops on. */
const PAGES = 20;

/** What identity tells every guard to refuse, as the service's own client may read it; nothing where it may not. */
export async function revocationsKnownTo(of: TokenCase): Promise<CompactRevocation[]> {
  const { token } = await serviceTokenOf(of.client, of.identityUrl);
  if (!token) return [];
  const all: CompactRevocation[] = [];
  let after = 0;
  for (let page = 0; page < PAGES; page += 1) {
    const reply = await ask(`${of.identityUrl}/revocations/snapshot?after=${after}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { position, more, revocations } = pageIn(reply);
    all.push(...revocations);
    if (!more) break;
    after = position;
  }
  return all;
}

function pageIn(reply: Reply): RevocationSnapshotDto {
  const page = reply.status === 200 ? reply.json<RevocationSnapshotDto>() : undefined;
  return page ?? { position: 0, more: false, revocations: [] };
}
