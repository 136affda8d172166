import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { betterAuth, type BetterAuthOptions } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import Sqlite from 'better-sqlite3';

/** Who can sign in. */
export interface Person {
  readonly email: string;
  readonly password: string;
}

/** better-auth as its page on installation has it, on a SQLite file that is as durable as ours. */
export async function serveBetterAuth(file: string, person: Person, more: BetterAuthOptions = {}) {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const database = new Sqlite(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  const options: BetterAuthOptions = {
    baseURL: url,
    secret: 'a-secret-of-more-than-thirty-two-characters',
    database,
    emailAndPassword: { enabled: true },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    ...more,
  };
  await (await getMigrations(options)).runMigrations();
  const auth = betterAuth(options);
  await auth.api.signUpEmail({ body: { ...person, name: 'reader' } });
  const handle = toNodeHandler(auth);
  server.on('request', (request, response) => void handle(request, response));
  return { url, auth };
}
