import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan, type EntityManager } from 'typeorm';
import { newId } from '../database/identifier.js';
import { insertUnlessTaken } from '../database/insertion.js';
import { digestOf } from '../secrets/opaque.token.js';
import { Client } from './client.entity.js';
import { ClientSecret } from './client-secret.entity.js';

/** Keeps the clients, and digests of their secrets. */
@Injectable()
export class ClientsRepository {
  constructor(private readonly database: Database) {}

  findById(id: string): Promise<Client | null> {
    return this.database.manager.findOneBy(Client, { id });
  }

  /** Digests of the secrets that are valid now. */
  async secretDigestsOf(clientId: string): Promise<string[]> {
    const secrets = await this.database.manager.findBy(ClientSecret, [
      { clientId, expiresAt: IsNull() },
      { clientId, expiresAt: MoreThan(new Date()) },
    ]);
    return secrets.map(({ digest }) => digest);
  }

  /** Adds a client with its first secret; says false, and leaves all as it is, when the id is taken. */
  async add(manager: EntityManager, client: Client, secret: string): Promise<boolean> {
    if (!(await insertUnlessTaken(manager, Client, client))) return false;
    await this.addSecret(manager, client.id, secret);
    return true;
  }

  async addSecret(manager: EntityManager, clientId: string, secret: string): Promise<void> {
    const id = newId('sec');
    await manager.insert(ClientSecret, {
      id,
      clientId,
      digest: digestOf(secret),
      createdAt: new Date(),
      expiresAt: null,
    });
  }
}
