import type { ApiKeyDto, NewApiKeyDto } from '@gatehouse/contracts';
import type { ApiKey } from './api-key.entity.js';

/** A key as its owner sees it. */
export function apiKeyResponse(row: ApiKey): ApiKeyDto {
  return { ...factsOf(row), last_used_at: row.lastUsedAt?.toISOString() ?? null };
}

/** A key just made, the one time it is shown. */
export function newApiKeyResponse({ row, key }: { row: ApiKey; key: string }): NewApiKeyDto {
  return { ...factsOf(row), key };
}

function factsOf({ id, name, prefix, scopes, expiresAt, createdAt }: ApiKey): Omit<NewApiKeyDto, 'key'> {
  return {
    id,
    name,
    prefix,
    scopes,
    expires_at: expiresAt?.toISOString() ?? null,
    created_at: createdAt.toISOString(),
  };
}
