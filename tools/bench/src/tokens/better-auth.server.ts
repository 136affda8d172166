import { jwt } from 'better-auth/plugins';
import { serveBetterAuth } from '../load/better-auth.js';

const { file, connections } = JSON.parse(process.argv[2]!) as { file: string; connections: number };
const PERSON = { email: 'reader@example.com', password: 'opensesame-please' };

/**
 * better-auth with its JWT plugin. What comes nearest to a refresh: a request with the session's cookie that writes
 * the session's new end and gets a JWT. It rotates nothing.
 */
const { url, auth } = await serveBetterAuth(file, PERSON, {
  // By default it writes a session's end once a day.
  session: { updateAge: 0 },
  plugins: [jwt({ jwks: { keyPairConfig: { alg: 'ES256' } } })],
});

/** The cookie of a session of its own. */
async function signIn(): Promise<string> {
  const { headers } = await auth.api.signInEmail({ body: PERSON, returnHeaders: true });
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
}

// Started by the bench: tells its address and the cookies.
const cookies: string[] = [];
for (let i = 0; i < connections; i += 1) cookies.push(await signIn());
process.on('disconnect', () => process.exit());
process.send!({ url, cookies });
