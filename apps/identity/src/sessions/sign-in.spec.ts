import { hashSync } from '@node-rs/bcrypt';
import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Authentication } from '../accounts/authentication.service.js';
import { PasswordHasher } from '../accounts/hashing/password.hasher.js';
import { newUser } from '../accounts/new.user.js';
import { User } from '../accounts/user.entity.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { Session } from './session.entity.js';

const PASSWORD = 'correct horse battery';

describe.each(testDatabases())('sign-in on $name', (database) => {
  let app: IdentityTestApp;
  let count = 0;
  beforeAll(async () => {
    app = await createIdentityTestApp({ database, environment: { DEVISE_PEPPER: 'pepper' } });
  });
  afterAll(() => app.close());
  afterEach(() => vi.restoreAllMocks());

  const addUser = async (given: Partial<User>): Promise<User> => {
    const email = `user-${(count += 1)}@example.com`;
    const passwordDigest = await app.get(PasswordHasher).hash(PASSWORD);
    const user = newUser({ email, locale: 'en', passwordDigest, emailConfirmedAt: new Date(), ...given });
    await app.get(Database).transaction((manager) => manager.insert(User, user));
    return user;
  };
  const signIn = (email: string, password = PASSWORD) =>
    app.post('/user_token', { auth: { email, password } });
  const sessionsOf = ({ id: userId }: User) => app.get(Database).manager.countBy(Session, { userId });
  const userOf = ({ id }: User) => app.get(Database).manager.findOneByOrFail(User, { id });

  it('re-hashes an imported bcrypt digest, also when many sign in for the first time at once', async () => {
    const imported = hashSync(`${PASSWORD}pepper`, 4);
    const user = await addUser({ passwordDigest: imported });
    const answers = await Promise.all(Array.from({ length: 12 }, () => signIn(user.email)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 201));
    expect((await userOf(user)).passwordDigest).toMatch(/^\$argon2id\$/);
    expect((await signIn(user.email)).status).toBe(201);
    expect((await signIn(user.email, 'wrong')).status).toBe(401);
  });

  it('asks the database nothing for whom it has no time', async () => {
    const hasher = app.get(PasswordHasher);
    const flood = Array.from({ length: 200 }, () => hasher.hash(PASSWORD).catch(() => 'shed'));
    const find = vi.spyOn(app.get(UsersRepository), 'findByEmail');
    const answer = await signIn('reader@example.com', 'opensesame-please');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(find).not.toHaveBeenCalled();
    expect(await Promise.all(flood)).toContain('shed');
    expect((await signIn('reader@example.com', 'opensesame-please')).status).toBe(201);
  });

  it.each([
    ['unconfirmed', { emailConfirmedAt: null }, 'account_unconfirmed'],
    ['one that must reset its password', { passwordResetRequired: true }, 'password_reset_required'],
    ['disabled', { disabledAt: new Date() }, 'account_disabled'],
  ])('refuses an account that is %s, and says so after the right password alone', async (_, given, code) => {
    const user = await addUser(given);
    expect(await (await signIn(user.email)).json()).toMatchObject({ status: 403, code });
    expect(await (await signIn(user.email, 'wrong')).json()).toMatchObject({ code: 'invalid_credentials' });
    expect(await sessionsOf(user)).toBe(0);
  });

  it.each([
    ['disabled', { disabledAt: new Date() }],
    ['told to reset its password', { passwordResetRequired: true }],
    ['given another password', { passwordDigest: 'another' }],
  ])('opens no session for an account that was %s after its password was checked', async (_, change) => {
    const user = await addUser({});
    const authenticate = vi.spyOn(app.get(Authentication), 'authenticate');
    authenticate.mockImplementationOnce(async (...given) => {
      const authenticated = await app.get(Authentication).authenticate(...given);
      await app.get(Database).transaction((manager) => manager.update(User, { id: user.id }, change));
      return authenticated;
    });
    expect([401, 403]).toContain((await signIn(user.email)).status);
    expect(await sessionsOf(user)).toBe(0);
  });
});
