import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { READER } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { distinguishability, type TimedRequest } from '../testing/timing.js';

/** By hand 2,000 pairs, which may be told apart no better than by 0.45 to 0.55; else fewer, for a look. */
const BY_HAND = process.env['TIMING_PAIRS'];
const PAIRS = Number(BY_HAND ?? 400);
const TOLERANCE = PAIRS < 2_000 ? 0.1 : 0.05;

const PASSWORD = 'correct horse battery';
const WAITING = 'waits-for-confirmation@example.com';

describe.each(testDatabases())(
  'how long it takes, on $name, does not tell who has an account',
  (database) => {
    let app: IdentityTestApp;
    let count = 0;
    beforeAll(async () => {
      app = await createIdentityTestApp({ database });
      await app.post('/users', { email: WAITING, password: PASSWORD });
    });
    afterAll(() => app.close());

    const unknown = () => `nobody${String((count += 1)).padStart(6, '0')}@example.com`;
    const measure = async (request: TimedRequest, known: string) => {
      const area = await distinguishability(request, PAIRS, () => known, unknown);
      if (BY_HAND) console.info(`${database.name}: ${area.toFixed(3)} over ${PAIRS} pairs`);
      return area;
    };

    type Case = [what: string, known: string, request: TimedRequest];
    const quick: Case[] = [
      ['a password reset', READER.email, (email) => app.post('/password_resets', { email })],
      ['another confirmation link', WAITING, (email) => app.post('/confirmation/resend', { email })],
    ];
    // Hashing takes most of the time of these, on whatever database.
    const hashing: Case[] = [
      ['sign-up', READER.email, (email) => app.post('/users', { email, password: PASSWORD })],
      ['sign-in', READER.email, (email) => app.post('/user_token', { auth: { email, password: PASSWORD } })],
    ];

    it.each(BY_HAND || database.name === 'sqlite' ? [...quick, ...hashing] : quick)(
      'at %s',
      { timeout: 600_000 },
      async (_, known, request) => {
        expect(Math.abs((await measure(request, known)) - 0.5)).toBeLessThanOrEqual(TOLERANCE);
      },
    );
  },
);
