import type { Principal } from '@gatehouse/access';
import {
  type CreateApiKeyRequest,
  Forbidden,
  NotFound,
  type Scope,
  ValidationFailed,
} from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { isActive } from '../../accounts/user.entity.js';
import { scopesOf } from '../../accounts/user.scopes.js';
import { UsersRepository } from '../../accounts/users.repository.js';
import { AuditTrail } from '../../audit/audit.trail.js';
import type { RequestOrigin } from '../../audit/request.origin.js';
import { newId } from '../../database/identifier.js';
import { digestOf } from '../../secrets/opaque.token.js';
import { TooManyApiKeys } from './api-key.errors.js';
import { ApiKey } from './api-key.entity.js';
import { newApiKey, prefixOf } from './api-key.text.js';
import { ApiKeys } from './api-keys.service.js';
import { holdSignIn } from './sign-in.hold.js';
import { SignedInPeople } from './signed-in.people.js';

/** An API key just made, and the key itself, which nobody can show again. */
export interface MadeApiKey {
  row: ApiKey;
  key: string;
}

const LIMIT = 100;
const ASKED_FOR_BY_NAME: readonly Scope[] = ['account', 'admin'];

/** What users do with their own API keys. */
@Injectable()
export class OwnApiKeys {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly keys: ApiKeys,
    private readonly signedIn: SignedInPeople,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws NotSignedIn, ValidationFailed, TooManyApiKeys, InvalidToken */
  async create(
    principal: Principal,
    request: CreateApiKeyRequest,
    origin: RequestOrigin,
  ): Promise<MadeApiKey> {
    await this.signedIn.require(principal);
    const expiresAt = futureTime(request.expires_at);
    const key = newApiKey();
    return this.database.transaction(async (manager) => {
      // Held, so that whoever disables the user comes before, and then it is refused, or after, and then it ends.
      const user = await this.users.hold(manager, principal.id);
      if (!isActive(user)) throw new Forbidden('This account cannot be used.');
      await holdSignIn(manager, principal.sessionId!);
      await refuseOverLimit(manager, user.id);
      const grantable = scopesOf(user).filter((scope) => principal.scopes.includes(scope));
      const scopes = chosenScopes(request.scopes, grantable);
      const row = newRow(key, { userId: user.id, name: request.name, scopes, expiresAt });
      await manager.insert(ApiKey, row);
      const details = { api_key_id: row.id, scope: scopes.join(' ') };
      const people = { actorId: user.id, subjectId: user.id };
      await this.audit.record(manager, { type: 'api_key.creation', ...people, details, origin });
      return { row, key };
    });
  }

  /** @throws NotFound when the user has no such key, or no longer */
  end(userId: string, id: string, origin: RequestOrigin): Promise<void> {
    return this.database.transaction(async (manager) => {
      const count = await this.keys.end(manager, { userId, only: id });
      if (count === 0) throw new NotFound('There is no such API key.');
      const people = { actorId: userId, subjectId: userId };
      await this.audit.record(manager, {
        type: 'api_key.end',
        ...people,
        details: { api_key_id: id },
        origin,
      });
    });
  }
}

function futureTime(text: string | null | undefined): Date | null {
  if (text === undefined || text === null) return null;
  const time = new Date(text);
  if (time.getTime() > Date.now()) return time;
  throw new ValidationFailed({ expires_at: ['expires_at must be in the future'] });
}

function chosenScopes(asked: readonly Scope[] | undefined, grantable: readonly Scope[]): Scope[] {
  if (!asked) return grantable.filter((scope) => !ASKED_FOR_BY_NAME.includes(scope));
  if (asked.every((scope) => grantable.includes(scope))) return [...asked];
  throw new ValidationFailed({ scopes: [`scopes must be among your own: ${grantable.join(', ')}`] });
}

async function refuseOverLimit(manager: EntityManager, userId: string): Promise<void> {
  if ((await manager.countBy(ApiKey, { userId, endedAt: IsNull() })) >= LIMIT)
    throw new TooManyApiKeys(LIMIT);
}

function newRow(key: string, given: Pick<ApiKey, 'userId' | 'name' | 'scopes' | 'expiresAt'>): ApiKey {
  return {
    id: newId('key'),
    prefix: prefixOf(key),
    digest: digestOf(key),
    sid: newId('ses'),
    createdAt: new Date(),
    lastUsedAt: null,
    endedAt: null,
    ...given,
  };
}
