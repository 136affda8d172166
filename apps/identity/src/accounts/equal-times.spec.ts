import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { READER } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';

/** By hand 2,000 pairs, to be told apart no better than by 0.45 to 0.55; here fewer, for a look. */
const BY_HAND = process.env['TIMING_PAIRS'];
const PAIRS = Number(BY_HAND ?? 400);
const TOLERANCE = PAIRS < 2_000 ? 0.1 : 0.05;

const WAITING = 'waits-for-confirmation@example.com';

type Request = (email: string) => Promise<Response>;

/** How likely it is that one of these times is greater than one of those: 0.5 where nobody can tell them apart. */
function areaUnderCurve(these: number[], those: number[]): number {
  const sorted = those.toSorted((one, other) => one - other);
  const smaller = (time: number) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < time) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return these.reduce((sum, time) => sum + smaller(time), 0) / (these.length * those.length);
}

describe.each(testDatabases())(
  'how long it takes, on $name, does not tell who has an account',
  (database) => {
    let app: IdentityTestApp;
    let count = 0;
    const unknownEmail = () => `nobody${String((count += 1)).padStart(6, '0')}@example.com`;
    beforeAll(async () => {
      app = await createIdentityTestApp({ database });
      await app.post('/users', { email: WAITING, password: 'correct horse battery' });
    });
    afterAll(() => app.close());

    const timeOf = async (request: Request, email: string) => {
      const start = performance.now();
      await (await request(email)).arrayBuffer();
      return performance.now() - start;
    };
    const measure = async (request: Request, knownEmail: string) => {
      const known: number[] = [];
      const unknown: number[] = [];
      for (let pair = -20; pair < PAIRS; pair += 1) {
        // In turns, so that whatever else slows the machine down slows both.
        const times = { known: 0, unknown: 0 };
        const first = pair % 2 ? 'known' : 'unknown';
        for (const which of [first, first === 'known' ? 'unknown' : 'known'] as const) {
          times[which] = await timeOf(request, which === 'known' ? knownEmail : unknownEmail());
        }
        if (pair >= 0) known.push(times.known);
        if (pair >= 0) unknown.push(times.unknown);
      }
      const area = areaUnderCurve(known, unknown);
      if (BY_HAND) console.info(`${database.name}: AUC ${area.toFixed(3)} over ${PAIRS} pairs`);
      return area;
    };
    it.each<[door: string, known: string, request: Request]>([
      ['sign-up', READER.email, (email) => app.post('/users', { email, password: 'correct horse battery' })],
      ['a password reset', READER.email, (email) => app.post('/password_resets', { email })],
      ['another confirmation link', WAITING, (email) => app.post('/confirmation/resend', { email })],
      [
        'sign-in',
        READER.email,
        (email) => app.post('/user_token', { auth: { email, password: 'a wrong one' } }),
      ],
    ])('at %s', { timeout: 600_000 }, async (_, known, request) => {
      expect(Math.abs((await measure(request, known)) - 0.5)).toBeLessThanOrEqual(TOLERANCE);
    });
  },
);
