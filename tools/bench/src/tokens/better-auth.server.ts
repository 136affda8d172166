import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { jwt } from 'better-auth/plugins';
import Sqlite from 'better-sqlite3';

const { file, connections } = JSON.parse(process.argv[2]!) as { file: string; connections: number };
const PERSON = { email: 'reader@example.com', password: 'opensesame-please' };

/**
 * better-auth with its JWT plugin, on a SQLite file that is as durable as ours. What comes nearest to a refresh: a
 * request with the session's cookie that writes the session's new end and gets a JWT. It rotates nothing.
 */
const server = createServer();
await once(server.listen(0, '127.0.0.1'), 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const database = new Sqlite(file);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
const options = {
  baseURL: url,
  secret: 'a-secret-of-more-than-thirty-two-characters',
  database,
  emailAndPassword: { enabled: true },
  // By default it writes a session's end once a day.
  session: { updateAge: 0 },
  plugins: [jwt({ jwks: { keyPairConfig: { alg: 'ES256' } } })],
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
};
await (await getMigrations(options)).runMigrations();
const auth = betterAuth(options);
await auth.api.signUpEmail({ body: { ...PERSON, name: 'reader' } });
const handle = toNodeHandler(auth);
server.on('request', (request, response) => void handle(request, response));

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
