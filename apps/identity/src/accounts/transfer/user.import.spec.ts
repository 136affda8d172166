import { Unavailable } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { QueryFailedError } from 'typeorm';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createIdentityTestApp, type IdentityTestApp } from '../../testing/identity.test-app.js';
import { newUser } from '../new.user.js';
import { User } from '../user.entity.js';
import { accountOf } from './account.record.js';
import { UserImport } from './user.import.js';

const ACT = { actorId: 'console:test' };
const batchOf = (...emails: string[]) =>
  emails.map((email) => accountOf({ email, external_id: email }, { locked: 'reset' }));

describe.each(testDatabases())('accounts that come from elsewhere, on $name', (database) => {
  let app: IdentityTestApp;
  beforeAll(async () => void (app = await createIdentityTestApp({ database })));
  afterAll(() => app.close());
  afterEach(() => void vi.restoreAllMocks());

  it('wait for a database that is busy', async () => {
    const database = app.get(Database);
    const transaction = vi.spyOn(database, 'transaction').mockRejectedValueOnce(new Unavailable());
    expect(await app.get(UserImport).add(batchOf('busy@example.com'), ACT)).toEqual(['new']);
    expect(transaction).toHaveBeenCalledTimes(2);
  });

  it('give way to somebody who has signed up with one of the addresses meanwhile', async () => {
    const database = app.get(Database);
    const original = database.transaction.bind(database);
    vi.spyOn(database, 'transaction').mockImplementationOnce(async () => {
      await original((manager) =>
        manager.insert(User, newUser({ email: 'quick@example.com', locale: 'en' })),
      );
      throw uniqueViolation();
    });
    const fates = await app.get(UserImport).add(batchOf('quick@example.com', 'slow@example.com'), ACT);
    expect(fates).toEqual([{ refused: 'another account has this address' }, 'new']);
  });
});

function uniqueViolation(): Error {
  const driverError = Object.assign(new Error('taken'), { code: 'SQLITE_CONSTRAINT_UNIQUE' });
  return new QueryFailedError('INSERT', [], driverError);
}
