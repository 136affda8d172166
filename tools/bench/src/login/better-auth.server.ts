import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import Sqlite from 'better-sqlite3';

const { file, ...person } = JSON.parse(process.argv[2]!) as { file: string; email: string; password: string };

/** better-auth as its page on installation has it, on a SQLite file that is as durable as ours. */
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
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
};
await (await getMigrations(options)).runMigrations();
const auth = betterAuth(options);
await auth.api.signUpEmail({ body: { ...person, name: 'reader' } });
const handle = toNodeHandler(auth);
server.on('request', (request, response) => void handle(request, response));
process.on('disconnect', () => process.exit());
process.send!({ url });
