import { Database } from '@gatehouse/service-kit';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PasswordHasher } from '../accounts/hashing/password.hasher.js';
import { User } from '../accounts/user.entity.js';
import { UserAccess } from '../accounts/user.access.js';
import { ClientSecret } from '../clients/client-secret.entity.js';
import { IdentityConfig } from '../identity.config.js';
import { digestOf } from '../secrets/opaque.token.js';
import { DEMO_CLIENTS, DEMO_USERS, type DemoClient, type DemoUser } from './demo.accounts.js';

/**
 * Where demo data is not wanted, takes away what an earlier start may have left in this database: the passwords and
 * the secret that everybody can read. Users who have set a password of their own keep it.
 */
@Injectable()
export class DemoDataWithdrawal implements OnApplicationBootstrap {
  private readonly logger = new Logger('DemoData');

  constructor(
    private readonly config: IdentityConfig,
    private readonly database: Database,
    private readonly hasher: PasswordHasher,
    private readonly access: UserAccess,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.withDemoData) return;
    for (const user of DEMO_USERS) await this.withdraw(user);
    await this.database.transaction(async (manager) => {
      for (const client of DEMO_CLIENTS) await this.withdrawSecret(manager, client);
    });
  }

  private async withdraw({ id, password }: DemoUser): Promise<void> {
    const user = await this.database.manager.findOneBy(User, { id });
    if (!user?.passwordDigest || !(await this.hasher.verify(password, user.passwordDigest))) return;
    const { passwordDigest } = user;
    await this.database.transaction(async (manager) => {
      const { affected } = await manager.update(User, { id, passwordDigest }, { passwordDigest: null });
      if (affected === 1) await this.access.end(manager, id);
    });
    this.logger.warn(`the demo user ${id} was in the database; nobody can sign in as it any more`);
  }

  private async withdrawSecret(manager: EntityManager, { id, secret }: DemoClient): Promise<void> {
    const { affected } = await manager.delete(ClientSecret, { clientId: id, digest: digestOf(secret) });
    if (affected)
      this.logger.warn(`the demo secret of ${id} was in the database; it is not accepted any more`);
  }
}
