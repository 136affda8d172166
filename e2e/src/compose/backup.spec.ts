import { expect, it } from 'vitest';
import { send } from '../harness/http.js';
import { grant, READER, signIn, type Tokens } from '../harness/sign-in.js';
import { asRoot, compose, ORIGIN, sql } from './stack.js';

it('what was dumped, dropped and restored is as it was: tokens, refresh tokens and articles', async () => {
  const before = await signIn(ORIGIN, READER);
  const bearer = before.access_token;
  const body = { title: 'in the backup', body: '' };
  const written = await send(`${ORIGIN}/articles`, { method: 'POST', bearer, body });
  expect(written.status).toBe(201);

  await asRoot(
    'mysqldump --single-transaction --set-gtid-purged=OFF --databases identity articles > /tmp/backup.sql',
  );
  await sql('DROP DATABASE identity; DROP DATABASE articles');
  expect((await send(`${ORIGIN}/articles`, { bearer })).status).toBeGreaterThanOrEqual(500);

  await compose('stop', 'identity', 'articles', 'consumer');
  await asRoot('mysql < /tmp/backup.sql');
  await compose('up', '--detach', '--wait', 'identity', 'articles', 'consumer');

  const restored = await send(ORIGIN + written.headers['location']!, { bearer });
  expect([restored.status, restored.json()]).toMatchObject([200, body]);
  expect((await send(`${ORIGIN}/me`, { bearer })).status).toBe(200);
  const refreshed = await grant(ORIGIN, { grant_type: 'refresh_token', refresh_token: before.refresh_token });
  expect([refreshed.status, Object.keys(refreshed.json<Tokens & Record<string, unknown>>())]).toEqual([
    200,
    expect.arrayContaining(['access_token', 'refresh_token']),
  ]);
}, 180_000);
