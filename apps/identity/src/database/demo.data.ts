import { DEMO_ADMIN_ID, DEMO_READER_ID } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PasswordHasher } from '../accounts/hashing/password.hasher.js';
import type { Role, User } from '../accounts/user.entity.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { ClientsRepository } from '../clients/clients.repository.js';
import { IdentityConfig } from '../identity.config.js';

interface DemoUser {
  id: string;
  email: string;
  password: string;
  roles: Role[];
}

const USERS: readonly DemoUser[] = [
  { id: DEMO_READER_ID, email: 'reader@example.com', password: 'opensesame-please', roles: [] },
  { id: DEMO_ADMIN_ID, email: 'admin@example.com', password: 'opensesame-admin-please', roles: ['admin'] },
];

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
    for (const user of USERS) await this.ensureUser(user);
    await this.database.transaction((manager) => this.addClient(manager));
  }

  private async ensureUser({ password, ...user }: DemoUser): Promise<void> {
    if (await this.users.findById(user.id)) return;
    const now = new Date();
    const row: User = {
      ...user,
      passwordDigest: await this.hasher.hash(password),
      passwordResetRequired: false,
      locale: 'en',
      emailConfirmedAt: now,
      disabledAt: null,
      lastSignInAt: null,
      createdAt: now,
      updatedAt: now,
    };
    await this.database.transaction((manager) => this.users.add(manager, row));
  }

  private async addClient(manager: EntityManager): Promise<void> {
    const now = new Date();
    await this.clients.add(
      manager,
      {
        id: 'consumer',
        scopes: ['articles:read', 'revocations:read', 'token:exchange'],
        audiences: ['gatehouse', 'articles'],
        disabledAt: null,
        createdAt: now,
        updatedAt: now,
      },
      'consumer-secret-for-development',
    );
  }
}
