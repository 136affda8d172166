import { Database } from '@gatehouse/service-kit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { User } from '../accounts/user.entity.js';
import { Session } from '../sessions/session.entity.js';
import { READER } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';

type Credentials = typeof READER;
type Members = Record<string, unknown>;

/** Each way in: how it is asked, and what it answers to an account in a state, with the code of this house. */
const DOORS = [
  {
    path: '/user_token',
    ask: (auth: Credentials) => ({ auth }),
    says: (code: string) => [403, { type: 'about:blank', status: 403, code }],
  },
  {
    path: '/api/users',
    ask: (user: Credentials) => ({ user }),
    says: (code: string) => [403, { type: 'about:blank', status: 403, code }],
  },
  {
    path: '/sessions',
    ask: (credentials: Credentials) => credentials,
    says: (code: string) => [403, { data: null, result_code: code }],
  },
  {
    path: '/oauth/token',
    ask: (credentials: Credentials) => ({ grant_type: 'password', ...credentials }),
    says: () => [400, { error: 'invalid_grant' }],
  },
];
const STATES: { code: string; changes: Partial<User> }[] = [
  { code: 'account_unconfirmed', changes: { emailConfirmedAt: null } },
  { code: 'password_reset_required', changes: { passwordResetRequired: true } },
  { code: 'account_disabled', changes: { disabledAt: new Date() } },
];
const GOOD: Partial<User> = { emailConfirmedAt: new Date(), passwordResetRequired: false, disabledAt: null };

describe('an account that may not sign in', () => {
  let app: IdentityTestApp;
  beforeAll(async () => {
    app = await createIdentityTestApp();
  });
  afterEach(() => changeReader(GOOD));
  afterAll(() => app.close());

  const changeReader = (changes: Partial<User>) =>
    app.get(Database).transaction((manager) => manager.update(User, { email: READER.email }, changes));
  const answerTo = async ({ path, ask }: (typeof DOORS)[number], credentials: Credentials) => {
    const answer = await app.post(path, ask(credentials), { 'x-request-id': 'always-this' });
    return {
      status: answer.status,
      cookies: answer.headers.getSetCookie(),
      body: (await answer.json()) as Members,
    };
  };

  it.each(DOORS.flatMap((door) => STATES.map((state) => ({ ...door, ...state }))))(
    'is told $code at $path after the right password alone',
    async ({ code, changes, ...door }) => {
      const wrong = { ...READER, password: 'wrong' };
      const before = await answerTo(door, wrong);
      await changeReader(changes);
      const sessions = await app.get(Database).manager.count(Session);
      const right = await answerTo(door, READER);
      expect([right.status, right.body]).toMatchObject(door.says(code));
      expect([right.cookies, await app.get(Database).manager.count(Session)]).toEqual([[], sessions]);
      expect(await answerTo(door, wrong)).toEqual(before);
    },
  );
});
