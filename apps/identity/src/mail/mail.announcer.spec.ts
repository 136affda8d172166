import { Logger } from '@nestjs/common';
import { describe, expect, it, vi } from 'vitest';
import { createIdentityTestApp } from '../testing/identity.test-app.js';

const SECRETS = {
  LOGIN_LIMITS: 'on',
  KEY_ENCRYPTION_KEY: 'Zq3vN8rT1xW6yB9kL4mP7sD2fG5hJ0aC',
  TOKEN_SECRET: 'hX2cV9bM4nQ7wE1rT6yU3iO8pA5sD0fG',
  PUBLIC_URL: 'https://id.acme.example',
};

/** What the log says of a sign-up and of a reset for an unknown address. */
async function announcementsIn(environment: Record<string, string>): Promise<string[]> {
  const log = vi.spyOn(Logger.prototype, 'log');
  const app = await createIdentityTestApp({ environment });
  await app.post('/users', { email: 'ada@example.com', password: 'correct horse battery' });
  await app.post('/password_resets', { email: 'nobody@example.com' });
  await new Promise((resolve) => setTimeout(resolve, 500));
  await app.close();
  const lines = log.mock.calls
    .map((call: unknown[]) => String(call[0]))
    .filter((line) => line.startsWith('Mail to'));
  log.mockRestore();
  return lines;
}

describe('MailAnnouncer', () => {
  it('tells of waiting mails and their links in development', async () => {
    expect(await announcementsIn({ NODE_ENV: 'development' })).toEqual([
      expect.stringMatching(
        /^Mail to ada@example.com: Confirm your email address http:\/\/localhost:3000\/confirmation\?token=[\w-]{43}$/,
      ),
    ]);
  });

  it('tells no link in a test, and nothing in production', async () => {
    expect(await announcementsIn({ NODE_ENV: 'test' })).toEqual([
      'Mail to ada@example.com: Confirm your email address',
    ]);
    expect(await announcementsIn({ NODE_ENV: 'production', ...SECRETS })).toEqual([]);
  });
});
