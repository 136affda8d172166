import type { ClientDto } from '@gatehouse/contracts';
import type { Client } from '../clients/client.entity.js';

/** A client as the wire carries one. */
export function clientResponse(client: Client): ClientDto {
  return {
    id: client.id,
    scopes: client.scopes,
    audiences: client.audiences,
    disabled: client.disabledAt !== null,
    created_at: client.createdAt.toISOString(),
    updated_at: client.updatedAt.toISOString(),
  };
}
