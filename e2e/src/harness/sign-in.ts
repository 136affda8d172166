import { send } from './http.js';

/** The demo accounts and their passwords. */
export const READER = { email: 'reader@example.com', password: 'opensesame-please' };
export const ADMIN = { email: 'admin@example.com', password: 'opensesame-admin-please' };

/** An access token for an account, by the knock door. */
export async function tokenFor(
  identity: string,
  account: { email: string; password: string },
): Promise<string> {
  const answer = await send(`${identity}/user_token`, { method: 'POST', body: { auth: account } });
  if (answer.status !== 201) throw new Error(`POST /user_token: ${answer.status} ${answer.text}`);
  return answer.json<{ jwt: string }>().jwt;
}
