import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan, type EntityManager } from 'typeorm';
import { IdentityConfig } from '../identity.config.js';
import { RevocationLog } from '../revocation/revocation.log.js';
import { Session } from '../sessions/session.entity.js';

/** What a client has been given, and its end. */
@Injectable()
export class ClientTokens {
  constructor(
    private readonly revocations: RevocationLog,
    private readonly config: IdentityConfig,
  ) {}

  /** Ends the client's own tokens, those it exchanged, and the sessions that people have opened with it. */
  async end(manager: EntityManager, clientId: string): Promise<void> {
    const before = new Date();
    const expiresAt = new Date(before.getTime() + this.config.accessTokenTtl * 1_000);
    await manager.update(Session, { clientId, endedAt: IsNull() }, { endedAt: before, deviceToken: null });
    // By session too: a token that another client got in exchange for one of these names that other client.
    const sessions = await manager.findBy(Session, {
      clientId,
      endedAt: before,
      tokensExpireAt: MoreThan(before),
    });
    await this.revocations.record(manager, [
      { kind: 'client', id: clientId, before, expiresAt },
      { kind: 'subject', id: clientId, before, expiresAt },
      ...sessions.map(
        ({ id, tokensExpireAt }) => ({ kind: 'session', id, expiresAt: tokensExpireAt }) as const,
      ),
    ]);
  }
}
