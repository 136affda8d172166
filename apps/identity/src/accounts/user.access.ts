import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ApiKeys } from '../clients/api-keys/api-keys.service.js';
import { IdentityConfig } from '../identity.config.js';
import { RevocationLog } from '../revocation/revocation.log.js';
import { Sessions } from '../sessions/sessions.service.js';
import type { User } from './user.entity.js';
import { scopesOf } from './user.scopes.js';

/** What a user has come in with, and its end. The user's row must be held, so that nothing new comes up meanwhile. */
@Injectable()
export class UserAccess {
  constructor(
    private readonly sessions: Sessions,
    private readonly apiKeys: ApiKeys,
    private readonly revocations: RevocationLog,
    private readonly config: IdentityConfig,
  ) {}

  /** Ends every session, and what API keys were exchanged for so far; the keys stay. */
  async endSessions(manager: EntityManager, userId: string): Promise<void> {
    await this.sessions.end(manager, { userId });
    await this.apiKeys.endTokensOf(manager, userId);
  }

  /** Ends every session, and takes from the API keys what the roles allow no longer: for good, should they allow it again. */
  async narrow(manager: EntityManager, user: Pick<User, 'id' | 'roles'>): Promise<void> {
    await this.apiKeys.narrow(manager, user.id, scopesOf(user));
    await this.endSessions(manager, user.id);
  }

  /** Ends every session, every API key, and whatever else was issued to the user. */
  async end(manager: EntityManager, userId: string): Promise<void> {
    await this.sessions.end(manager, { userId });
    await this.apiKeys.end(manager, { userId });
    const before = new Date();
    const expiresAt = new Date(before.getTime() + this.config.longestTokenTtl * 1_000);
    await this.revocations.record(manager, { kind: 'subject', id: userId, before, expiresAt });
  }
}
