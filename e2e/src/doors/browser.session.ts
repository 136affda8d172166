import { send } from '../harness/http.js';
import { type Account, READER } from '../harness/sign-in.js';
import { setCookiesOf } from './set-cookies.js';

/** A signed-in browser: what it sends by itself, and what its scripts read. */
export interface BrowserSession {
  /** The `Cookie` header. */
  readonly cookie: string;
  readonly token: string;
  readonly csrf: string;
}

/** Signs in at the browser door. */
export async function browserSession(identity: string, account: Account = READER): Promise<BrowserSession> {
  const answer = await send(`${identity}/sessions`, { method: 'POST', body: account });
  const { jwt, 'XSRF-TOKEN': xsrf } = setCookiesOf(answer);
  if (!jwt || !xsrf) throw new Error(`signing in: ${answer.status} ${answer.text}`);
  return {
    cookie: `jwt=${jwt.value}; XSRF-TOKEN=${xsrf.value}`,
    token: jwt.value,
    csrf: xsrf.value,
  };
}
