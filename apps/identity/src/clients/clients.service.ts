import { ValidationFailed, type Scope } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { holdActor } from '../accounts/administration/acting.admin.js';
import type { AdministrativeAct } from '../accounts/administration/administrative.act.js';
import { AuditTrail, type AuditEntry } from '../audit/audit.trail.js';
import { newOpaqueToken } from '../secrets/opaque.token.js';
import { ClientIdTaken, ClientUnknown } from './client.errors.js';
import type { Client } from './client.entity.js';
import { ClientTokens } from './client.tokens.js';
import { ClientsRepository } from './clients.repository.js';

/** What a client is registered with. */
export type NewClient = Pick<Client, 'id' | 'scopes' | 'audiences'>;

/** What of a client can be changed. Members left out stay as they are. */
export type ClientChanges = Partial<Pick<Client, 'scopes' | 'audiences'> & { disabled: boolean }>;

// Without underscore, so that no client is ever taken for a user.
const CLIENT_ID = /^[a-z][a-z0-9-]{0,63}$/;

/** What people do, and services do not. */
const SCOPES_OF_PEOPLE: readonly Scope[] = ['account', 'admin'];

/** Registers services as clients, changes and removes them. */
@Injectable()
export class Clients {
  constructor(
    private readonly database: Database,
    private readonly clients: ClientsRepository,
    private readonly tokens: ClientTokens,
    private readonly audit: AuditTrail,
  ) {}

  list(): Promise<Client[]> {
    return this.clients.findAll();
  }

  /** @throws ClientUnknown */
  async get(id: string): Promise<Client> {
    const client = await this.clients.findById(id);
    if (!client) throw new ClientUnknown();
    return client;
  }

  /** @returns the client's secret, told this once */
  async register({ id, scopes, audiences }: NewClient, act: AdministrativeAct): Promise<string> {
    if (!CLIENT_ID.test(id)) {
      throw new ValidationFailed({ id: ['id must be a lower case letter, then up to 63 of a-z, 0-9 and -'] });
    }
    refuseScopesOfPeople(scopes);
    const secret = newOpaqueToken();
    const now = new Date();
    const client = { id, scopes, audiences, disabledAt: null, createdAt: now, updatedAt: now };
    await this.database.transaction(async (manager) => {
      await holdActor(manager, act);
      if (!(await this.clients.add(manager, client, secret))) throw new ClientIdTaken();
      await this.record(manager, 'client.registration', id, act);
    });
    return secret;
  }

  /**
   * Gives a client another secret. The one before stays valid for a while, so that the client can be changed over;
   * any older one ends.
   *
   * @returns the new secret, told this once
   */
  async addSecret(id: string, act: AdministrativeAct): Promise<string> {
    const secret = newOpaqueToken();
    await this.database.transaction(async (manager) => {
      await holdActor(manager, act);
      await this.clients.hold(manager, id);
      await this.clients.replaceSecret(manager, id, secret);
      await this.record(manager, 'client.secret', id, act);
    });
    return secret;
  }

  /** Changes take effect with the client's next token; to be disabled ends those it has. */
  async change(id: string, { disabled, ...changes }: ClientChanges, act: AdministrativeAct): Promise<Client> {
    refuseScopesOfPeople(changes.scopes ?? []);
    return this.database.transaction(async (manager) => {
      await holdActor(manager, act);
      const client = await this.clients.hold(manager, id);
      const disabledAt = disabled ? (client.disabledAt ?? new Date()) : null;
      const changed = { ...changes, ...(disabled !== undefined && { disabledAt }) };
      if (disabled && !client.disabledAt) await this.tokens.end(manager, id);
      await this.clients.update(manager, id, changed);
      await this.record(manager, 'client.change', id, act);
      // Read anew: what was left out of the changes is undefined in them.
      return this.clients.hold(manager, id);
    });
  }

  async remove(id: string, act: AdministrativeAct): Promise<void> {
    await this.database.transaction(async (manager) => {
      await holdActor(manager, act);
      await this.clients.hold(manager, id);
      await this.tokens.end(manager, id);
      await this.clients.remove(manager, id);
      await this.record(manager, 'client.removal', id, act);
    });
  }

  private async record(
    manager: EntityManager,
    type: AuditEntry['type'],
    id: string,
    act: AdministrativeAct,
  ): Promise<void> {
    await this.audit.record(manager, { type, subjectId: id, ...act });
  }
}

function refuseScopesOfPeople(scopes: readonly Scope[]): void {
  const refused = scopes.filter((scope) => SCOPES_OF_PEOPLE.includes(scope));
  if (refused.length === 0) return;
  throw new ValidationFailed({ scopes: [`${refused.join(' and ')} cannot be given to a service`] });
}
