import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit.trail.js';
import type { RequestOrigin } from '../audit/request.origin.js';
import { digestOf, matchesDigest, newOpaqueToken } from '../secrets/opaque.token.js';
import type { Client } from './client.entity.js';
import { ClientsRepository } from './clients.repository.js';

/** Who a client says it is, and its proof. */
export interface ClientCredentials {
  id: string;
  secret: string;
}

const UNMATCHABLE = digestOf(newOpaqueToken());

/** Tells whether a client is who it says it is. */
@Injectable()
export class ClientAuthentication {
  constructor(
    private readonly database: Database,
    private readonly clients: ClientsRepository,
    private readonly audit: AuditTrail,
  ) {}

  /** The client, where id and secret fit and it is not disabled. */
  async authenticate({ id, secret }: ClientCredentials, origin: RequestOrigin): Promise<Client | undefined> {
    const { client, digests = [] } = (await this.clients.findWithSecrets(id)) ?? {};
    const matches = [UNMATCHABLE, ...digests].filter((digest) => matchesDigest(secret, digest)).length > 0;
    if (client && !client.disabledAt && matches) return client;
    await this.recordFailure(client?.id, origin);
    return undefined;
  }

  private recordFailure(subjectId: string | undefined, origin: RequestOrigin): Promise<void> {
    return this.database.statement((manager) =>
      this.audit.record(manager, { type: 'client.authentication', outcome: 'failure', subjectId, origin }),
    );
  }
}
