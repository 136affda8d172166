import { DEMO_READER_ID } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { describe, expect, it } from 'vitest';
import { User } from '../accounts/user.entity.js';
import { ClientSecret } from '../clients/client-secret.entity.js';
import { createIdentityTestApp } from '../testing/identity.test-app.js';

describe.each(testDatabases())('demo data on $name', (database) => {
  it('stays as it is when identity starts again, also as several replicas at once', async () => {
    const { databaseUrl, ...app } = await createIdentityTestApp({ database });
    const users = app.get(Database);
    await users.transaction((manager) => manager.update(User, { id: DEMO_READER_ID }, { locale: 'fr' }));
    const replicas = await Promise.all([1, 2, 3].map(() => createIdentityTestApp({ databaseUrl })));
    const [reader, count, secrets] = [
      await users.manager.findOneByOrFail(User, { id: DEMO_READER_ID }),
      await users.manager.count(User),
      await users.manager.count(ClientSecret),
    ];
    await Promise.all(replicas.map((replica) => replica.close()));
    await app.close();
    expect([reader.locale, count, secrets]).toEqual(['fr', 2, 1]);
  });

  it('does not exist where it is not wanted', async () => {
    const app = await createIdentityTestApp({ database, environment: { DEMO_DATA: 'off' } });
    const count = await app.get(Database).manager.count(User);
    await app.close();
    expect(count).toBe(0);
  });
});
