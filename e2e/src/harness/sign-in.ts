import { type Answer, send } from './http.js';

/** An address and its password. */
export interface Account {
  readonly email: string;
  readonly password: string;
}

/** The demo accounts. */
export const READER: Account = { email: 'reader@example.com', password: 'opensesame-please' };
export const ADMIN: Account = { email: 'admin@example.com', password: 'opensesame-admin-please' };

/** What the OAuth doors answer (RFC 6749 §5.1). */
export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly scope: string;
}

/** An access token for an account, by the knock door. */
export async function tokenFor(identity: string, account: Account): Promise<string> {
  const answer = await send(`${identity}/user_token`, { method: 'POST', body: { auth: account } });
  return accepted(answer, 201).json<{ jwt: string }>().jwt;
}

/** A session that can be refreshed, by the password grant. */
export async function signIn(identity: string, { email, password }: Account): Promise<Tokens> {
  return accepted(
    await grant(identity, { grant_type: 'password', username: email, password }),
    200,
  ).json<Tokens>();
}

/** Asks the token endpoint, form-encoded as RFC 6749 §4 has it; by a client where there is one. */
export function grant(
  identity: string,
  form: Record<string, string>,
  client?: readonly [string, string],
): Promise<Answer> {
  return sendForm(`${identity}/oauth/token`, form, client);
}

/** Posts a form to one of the OAuth endpoints. */
export function sendForm(
  url: string,
  form: Record<string, string>,
  client?: readonly [string, string],
): Promise<Answer> {
  return send(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(client && { authorization: `Basic ${Buffer.from(client.join(':')).toString('base64')}` }),
    },
    body: new URLSearchParams(form).toString(),
  });
}

function accepted(answer: Answer, status: number): Answer {
  if (answer.status !== status) throw new Error(`signing in: ${answer.status} ${answer.text}`);
  return answer;
}
