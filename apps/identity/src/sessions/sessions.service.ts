import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { scopesOf } from '../accounts/user.scopes.js';
import type { User } from '../accounts/user.entity.js';
import type { RequestOrigin } from '../audit/request.origin.js';
import { newId } from '../database/identifier.js';
import { Session } from './session.entity.js';

/** What a door gives: spans in seconds. */
export interface SessionTerms {
  /** The `client_id` of the tokens: a client's id, or the door's name where no client took part. */
  readonly clientId: string;
  /** How long one access token lives. */
  readonly tokenTtl: number;
  /** How long the session lives without being used. */
  readonly idleTtl: number;
  /** How long it lives however much it is used. */
  readonly absoluteTtl: number;
}

/** Opens and ends sessions. */
@Injectable()
export class Sessions {
  async open(
    manager: EntityManager,
    user: User,
    { clientId, tokenTtl, idleTtl, absoluteTtl }: SessionTerms,
    { address, device }: RequestOrigin,
  ): Promise<Session> {
    const now = Date.now();
    const session: Session = {
      id: newId('ses'),
      userId: user.id,
      clientId,
      scope: scopesOf(user).join(' '),
      device,
      deviceToken: null,
      address,
      createdAt: new Date(now),
      lastUsedAt: new Date(now),
      idleExpiresAt: new Date(now + Math.min(idleTtl, absoluteTtl) * 1_000),
      expiresAt: new Date(now + absoluteTtl * 1_000),
      tokensExpireAt: new Date(now + Math.min(tokenTtl, absoluteTtl) * 1_000),
      endedAt: null,
    };
    await manager.insert(Session, session);
    return session;
  }
}
