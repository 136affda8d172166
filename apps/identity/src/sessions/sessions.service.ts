import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan, Not, type EntityManager } from 'typeorm';
import { scopesOf } from '../accounts/user.scopes.js';
import type { User } from '../accounts/user.entity.js';
import type { RequestOrigin } from '../audit/request.origin.js';
import { newId } from '../database/identifier.js';
import { RevocationLog } from '../revocation/revocation.log.js';
import { newOpaqueToken } from '../secrets/opaque.token.js';
import { narrowedScope } from '../tokens/scope.js';
import { RefreshTokensRepository } from './refresh-tokens.repository.js';
import { Session } from './session.entity.js';
import { SessionsRepository, type SessionUse } from './sessions.repository.js';

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
  /** Whether it can be renewed by refresh tokens. */
  readonly renewable?: boolean;
  /** The scopes that were asked for (RFC 6749 §3.3); all that the user has by default. */
  readonly scope?: string | undefined;
  /** Where the device receives push messages. */
  readonly deviceToken?: string | undefined;
  /** Whether the user has one session at this door: signing in ends those before. */
  readonly replacesEarlier?: boolean;
}

/** A session just opened, with its first refresh token where it is renewable. */
export interface OpenedSession {
  session: Session;
  refreshToken?: string;
}

/** Which of a user's sessions. */
export interface SessionChoice {
  readonly userId: string;
  /** This one alone. */
  readonly only?: string;
  /** Those opened at this door, or by this client. */
  readonly clientId?: string;
  /** All but this one. */
  readonly except?: string | undefined;
}

/** Opens sessions and ends them. */
@Injectable()
export class Sessions {
  constructor(
    private readonly repository: SessionsRepository,
    private readonly refreshTokens: RefreshTokensRepository,
    private readonly revocations: RevocationLog,
  ) {}

  /** @throws OAuthError `invalid_scope` when the terms ask for more than the user has */
  async open(
    manager: EntityManager,
    user: User,
    { clientId, tokenTtl, idleTtl, absoluteTtl, renewable, scope, deviceToken }: SessionTerms,
    { address, device }: RequestOrigin,
  ): Promise<OpenedSession> {
    const now = Date.now();
    const session: Session = {
      id: newId('ses'),
      userId: user.id,
      clientId,
      scope: narrowedScope(scope, scopesOf(user)),
      device,
      deviceToken: deviceToken ?? null,
      address,
      createdAt: new Date(now),
      lastUsedAt: new Date(now),
      idleExpiresAt: new Date(now + Math.min(idleTtl, absoluteTtl) * 1_000),
      expiresAt: new Date(now + absoluteTtl * 1_000),
      tokensExpireAt: new Date(now + Math.min(tokenTtl, absoluteTtl) * 1_000),
      endedAt: null,
    };
    await this.repository.add(manager, session);
    if (!renewable) return { session };
    const refreshToken = newOpaqueToken();
    await this.refreshTokens.add(manager, session.id, refreshToken);
    return { session, refreshToken };
  }

  /** The user's live sessions, the latest first. */
  listOf(userId: string): Promise<Session[]> {
    return this.repository.findLiveOf(userId);
  }

  isLive(id: string): Promise<boolean> {
    return this.repository.isLive(id);
  }

  /**
   * Uses a session once more, for one more token; holds its row until the transaction ends, so that whoever ends it
   * comes before, and then nothing is given, or after, and then what is given ends with it.
   *
   * @param spans how long the token lives, and the session without further use, in seconds
   * @returns the session as this use leaves it; undefined when it has ended or expired
   */
  async use<Used extends Pick<Session, 'id' | 'expiresAt'>>(
    manager: EntityManager,
    session: Used,
    spans: Pick<SessionTerms, 'tokenTtl' | 'idleTtl'>,
    { address }: RequestOrigin,
  ): Promise<(Used & SessionUse) | undefined> {
    const now = new Date();
    const within = (seconds: number) =>
      new Date(Math.min(now.getTime() + seconds * 1_000, session.expiresAt.getTime()));
    const used: SessionUse = {
      address,
      lastUsedAt: now,
      idleExpiresAt: within(spans.idleTtl),
      tokensExpireAt: within(spans.tokenTtl),
    };
    return (await this.repository.use(manager, session.id, used)) ? { ...session, ...used } : undefined;
  }

  /**
   * Ends sessions, and with them their refresh tokens and, at every guard, their access tokens. Who means to end all
   * that a user has must hold the user's row: see {@link UsersRepository.noteSignIn}.
   *
   * @returns how many there were to end
   */
  async end(manager: EntityManager, { userId, clientId, only, except }: SessionChoice): Promise<number> {
    const endedAt = new Date();
    const choice = {
      userId,
      ...(clientId && { clientId }),
      ...(only && { id: only }),
      ...(except && { id: Not(except) }),
    };
    // The update comes first: it waits for whoever uses one of them, and what is read after it is settled.
    const { affected } = await manager.update(
      Session,
      { ...choice, endedAt: IsNull() },
      { endedAt, deviceToken: null },
    );
    if (!affected) return 0;
    const ended = await manager.findBy(Session, { ...choice, endedAt, tokensExpireAt: MoreThan(endedAt) });
    await this.revocations.record(
      manager,
      ended.map(({ id, tokensExpireAt }) => ({ kind: 'session', id, expiresAt: tokensExpireAt })),
    );
    return affected;
  }
}
