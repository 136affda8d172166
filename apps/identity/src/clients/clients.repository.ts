import { Database, rowsOf, Table } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan, type EntityManager } from 'typeorm';
import { exact } from '../database/exact.js';
import { newId } from '../database/identifier.js';
import { insertUnlessTaken } from '../database/insertion.js';
import { digestOf } from '../secrets/opaque.token.js';
import { Client } from './client.entity.js';
import { ClientUnknown } from './client.errors.js';
import { ClientSecret } from './client-secret.entity.js';

const CLIENT = new Table(Client).as('c');

const WITH_SECRETS = `SELECT ${CLIENT.columns}, s.digest AS digest FROM clients c
  LEFT JOIN client_secrets s ON s.client_id = c.id AND (s.expires_at IS NULL OR s.expires_at > ?) WHERE c.id IN (?)`;

/** A client, with digests of its secrets that are valid now. */
export interface ClientWithSecrets {
  readonly client: Client;
  readonly digests: readonly string[];
}

/** How long a secret stays valid once there is a newer one. */
const OVERLAP = 7 * 24 * 3_600_000;

/** Keeps the clients, and digests of their secrets. */
@Injectable()
export class ClientsRepository {
  constructor(private readonly database: Database) {}

  async findById(id: string): Promise<Client | null> {
    return exact(await this.database.manager.findOneBy(Client, { id }), id);
  }

  /** In order of their ids. */
  findAll(): Promise<Client[]> {
    return this.database.manager.find(Client, { order: { id: 'ASC' } });
  }

  async findWithSecrets(id: string): Promise<ClientWithSecrets | undefined> {
    const rows = await rowsOf(this.database.manager, WITH_SECRETS, [new Date(), id]);
    const client = exact(rows[0] && CLIENT.read(rows[0]), id);
    const digests = rows.map(({ digest }) => digest).filter((digest) => typeof digest === 'string');
    return client ? { client, digests } : undefined;
  }

  /** Adds a client with its first secret; says false, and leaves all as it is, when the id is taken. */
  async add(manager: EntityManager, client: Client, secret: string): Promise<boolean> {
    if (!(await insertUnlessTaken(manager, Client, client))) return false;
    await this.addSecret(manager, client.id, secret);
    return true;
  }

  /**
   * Reads a client to change it; its row is held until the transaction ends.
   *
   * @throws ClientUnknown
   */
  async hold(manager: EntityManager, id: string): Promise<Client> {
    await manager.update(Client, { id }, { updatedAt: new Date() });
    const client = exact(await manager.findOneBy(Client, { id }), id);
    if (!client) throw new ClientUnknown();
    return client;
  }

  async update(manager: EntityManager, id: string, changes: Partial<Client>): Promise<void> {
    await manager.update(Client, { id }, { ...changes, updatedAt: new Date() });
  }

  async remove(manager: EntityManager, id: string): Promise<void> {
    await manager.delete(Client, { id });
  }

  /** Adds a secret to the latest one, which stays valid a while longer. The client's row is held. */
  async replaceSecret(manager: EntityManager, clientId: string, secret: string): Promise<void> {
    const now = Date.now();
    const latest = { clientId, expiresAt: IsNull() };
    await manager.update(
      ClientSecret,
      { clientId, expiresAt: MoreThan(new Date(now)) },
      { expiresAt: new Date(now) },
    );
    await manager.update(ClientSecret, latest, { expiresAt: new Date(now + OVERLAP) });
    await this.addSecret(manager, clientId, secret);
  }

  private async addSecret(manager: EntityManager, clientId: string, secret: string): Promise<void> {
    const row = {
      id: newId('sec'),
      clientId,
      digest: digestOf(secret),
      createdAt: new Date(),
      expiresAt: null,
    };
    await manager.insert(ClientSecret, row);
  }
}
