import type { CompactRevocation, RevocationKind } from '@gatehouse/contracts';
import { ask } from '../../setup/reply.ts';
import type { Explanation, Step } from '../explanation.ts';
import { revocationsKnownTo } from '../known.revocations.ts';
import type { TokenCase } from '../token.case.ts';

/** What guards allow for, of a token that was issued as its subject ended. Seconds. */
const SKEW = 60;

const ENDED: Readonly<Record<RevocationKind, string>> = {
  session:
    'Its session has ended: by logout, an end of the session, a new password, or the theft of a refresh token.',
  token: 'The token itself was revoked.',
  api_key: 'The API key that it was exchanged for has ended.',
  subject:
    'All that its user had until then has ended: disabled, deleted, or given other roles or a new password.',
  client: 'All that its client had until then has ended: the client was disabled, or its scopes changed.',
  key: 'The key that signed it was retired in an emergency.',
};

/** What ended before its time, as the feed tells every guard; and as identity says of the token, where the feed forgot. */
export const revocationStep: Step = async (of) => {
  const ending = (await revocationsKnownTo(of)).find((each) => concerns(each, of));
  if (ending) return revoked(ENDED[ending[0]]);
  return (await isInactive(of)) ? revoked('Identity says that it is not active any more.') : undefined;
};

function concerns([kind, id, , before]: CompactRevocation, { opened }: TokenCase): boolean {
  const { sid, jti, sub, client_id: client, iat } = opened!.claims as Record<string, string | number>;
  const named: Record<RevocationKind, unknown[]> = {
    session: [sid],
    api_key: [sid],
    token: [jti],
    subject: [sub],
    client: [client, sub],
    key: [opened!.header['kid']],
  };
  return named[kind].includes(id) && (before === undefined || Number(iat) <= before + SKEW);
}

/** RFC 7662, asked as the client that the service is. */
async function isInactive(of: TokenCase): Promise<boolean> {
  const { setting } = of.client;
  const reply = await ask(`${of.identityUrl}/oauth/introspect`, {
    method: 'POST',
    form: {
      token: of.question.token,
      client_id: setting('CLIENT_ID') ?? '',
      client_secret: setting('CLIENT_SECRET') ?? '',
    },
  });
  return reply.json<{ active?: boolean }>()?.active === false;
}

function revoked(cause: string): Explanation {
  return { reason: 'revoked', cause, remedy: 'Sign in again.' };
}
