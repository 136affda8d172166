import { randomBytes } from 'node:crypto';
import { type TestDatabase, testDatabases } from '@gatehouse/service-kit/testing';
import { freePort } from '@gatehouse/workspace';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { send } from '../harness/http.js';
import { ADMIN, grant, READER } from '../harness/sign-in.js';
import { runApp, type Running } from '../harness/workspace.command.js';

const sqlite = testDatabases()[0]!;
const secret = () => randomBytes(32).toString('base64');

describe('identity in production', () => {
  let database: TestDatabase;
  let identity: string;
  let running: Running;

  beforeAll(async () => {
    database = await sqlite.create();
    const port = await freePort();
    identity = `http://127.0.0.1:${port}`;
    running = runApp('identity', {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: 'https://id.example.com',
      DATABASE_URL: database.url,
      KEY_ENCRYPTION_KEY: secret(),
      TOKEN_SECRET: secret(),
    });
    await vi.waitFor(() => send(`${identity}/health/ready`), { timeout: 20_000 });
  });
  afterAll(async () => {
    running.signal('SIGTERM');
    await running.ended;
    await database.drop();
  });

  it('has none of the demo accounts', async () => {
    for (const account of [READER, ADMIN]) {
      const answer = await send(`${identity}/sessions`, { method: 'POST', body: account });
      expect([answer.status, answer.json()['result_code']]).toEqual([401, 'invalid_credentials']);
    }
  });

  it('has no demo client', async () => {
    const client = ['consumer', 'consumer-secret-for-development'] as const;
    const answer = await grant(identity, { grant_type: 'client_credentials' }, client);
    expect([answer.status, answer.json()['error']]).toEqual([401, 'invalid_client']);
  });

  it('opens none of the older doors but that of browsers', async () => {
    for (const path of ['/user_token', '/api/v1/login', '/api/users']) {
      expect((await send(identity + path, { method: 'POST', body: {} })).status).toBe(404);
    }
  });

  it('shows no mails', async () => {
    expect((await send(`${identity}/dev/mails`)).status).toBe(404);
  });

  it('is called what its settings say, whatever the request says', async () => {
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example' };
    const metadata = await send(`${identity}/.well-known/oauth-authorization-server`, { headers });
    expect(metadata.json()['issuer']).toBe('https://id.example.com');
    expect(metadata.text).not.toContain('evil');
  });
});
