import { Database } from '@gatehouse/service-kit';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PasswordHasher } from '../accounts/hashing/password.hasher.js';
import { newUser } from '../accounts/new.user.js';
import { User } from '../accounts/user.entity.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { ClientSecret } from '../clients/client-secret.entity.js';
import { ClientsRepository } from '../clients/clients.repository.js';
import { IdentityConfig } from '../identity.config.js';
import { DEMO_CLIENTS, DEMO_USERS, type DemoClient, type DemoUser } from './demo.accounts.js';

/** Whom the examples of the README sign in as. What is there already stays as it is. */
@Injectable()
export class DemoData implements OnApplicationBootstrap {
  constructor(
    private readonly config: IdentityConfig,
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly clients: ClientsRepository,
    private readonly hasher: PasswordHasher,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.withDemoData) return;
    for (const user of DEMO_USERS) await this.ensureUser(user);
    await this.database.transaction(async (manager) => {
      for (const client of DEMO_CLIENTS) await this.addClient(manager, client);
    });
  }

  private async ensureUser({ password, ...user }: DemoUser): Promise<void> {
    const known = await this.users.findById(user.id);
    if (known) return this.restore(known, password);
    const passwordDigest = await this.hasher.hash(password);
    const row = newUser({ ...user, locale: 'en', passwordDigest, emailConfirmedAt: new Date() });
    await this.database.transaction((manager) => this.users.add(manager, row));
  }

  /** One whose password was withdrawn while no demo data was wanted. */
  private async restore({ id, passwordDigest }: User, password: string): Promise<void> {
    if (passwordDigest !== null) return;
    const digest = await this.hasher.hash(password);
    await this.database.transaction((manager) => manager.update(User, { id }, { passwordDigest: digest }));
  }

  private async addClient(manager: EntityManager, { secret, ...client }: DemoClient): Promise<void> {
    const now = new Date();
    const row = { ...client, disabledAt: null, createdAt: now, updatedAt: now };
    const added = await this.clients.add(manager, row, secret);
    if (added || (await manager.existsBy(ClientSecret, { clientId: client.id }))) return;
    await this.clients.replaceSecret(manager, client.id, secret);
  }
}
