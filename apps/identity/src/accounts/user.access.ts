import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { IdentityConfig } from '../identity.config.js';
import { RevocationLog } from '../revocation/revocation.log.js';
import { Sessions } from '../sessions/sessions.service.js';

/** All the ways in that a user has beside the password, and their end. */
@Injectable()
export class UserAccess {
  constructor(
    private readonly sessions: Sessions,
    private readonly revocations: RevocationLog,
    private readonly config: IdentityConfig,
  ) {}

  /** Ends every session and API key, and whatever else was issued to a user whose row is held. */
  async end(manager: EntityManager, userId: string): Promise<void> {
    const before = new Date();
    await this.sessions.end(manager, { userId });
    const expiresAt = new Date(before.getTime() + this.config.longestTokenTtl * 1_000);
    await this.revocations.record(manager, { kind: 'subject', id: userId, before, expiresAt });
  }
}
