import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RequestOrigin } from '../audit/request.origin.js';
import { IdentityConfig } from '../identity.config.js';
import { InvalidRefreshToken } from './refresh.errors.js';
import { successorOf } from './refresh.token.js';
import { type RefreshTokenOwner, RefreshTokensRepository } from './refresh-tokens.repository.js';
import { SessionTheft } from './session.theft.js';
import type { SessionUse } from './sessions.repository.js';
import { Sessions } from './sessions.service.js';

/** A session with what is needed to renew it once more. */
export interface RenewableSession extends RefreshTokenOwner {
  session: RefreshTokenOwner['session'] & SessionUse;
  refreshToken: string;
}

/**
 * Renews sessions by refresh tokens, which change at each use (RFC 9700 §4.14.2). A token that comes again when it
 * should not was stolen, by whoever came first or by whoever comes now: the session ends.
 */
@Injectable()
export class SessionRenewal {
  private readonly underway = new Map<string, Promise<RenewableSession | undefined>>();

  constructor(
    private readonly database: Database,
    private readonly tokens: RefreshTokensRepository,
    private readonly sessions: Sessions,
    private readonly theft: SessionTheft,
    private readonly config: IdentityConfig,
  ) {}

  /**
   * Whose session the token belongs to, be it good or spent.
   *
   * @param clientId the client that proved who it is, if one did
   * @throws InvalidRefreshToken when it was never given, or to another client
   */
  async ownerOf(token: string, clientId: string | undefined): Promise<RefreshTokenOwner> {
    const owner = await this.tokens.findOwner(token);
    if (!owner || !mayBePresentedBy(clientId, owner.session)) throw new InvalidRefreshToken();
    return owner;
  }

  /** @throws InvalidRefreshToken when it is spent, or the session has ended */
  async renew(token: string, owner: RefreshTokenOwner, origin: RequestOrigin): Promise<RenewableSession> {
    const renewed = await this.alone(token, () =>
      this.database.transaction((manager) => this.exchange(manager, token, owner, origin)),
    );
    // Thrown out here: the end of a stolen session has to be committed.
    if (!renewed) throw new InvalidRefreshToken();
    return renewed;
  }

  /**
   * Of those who present one token at one time, one goes to the database here: they would wait there for each other,
   * each with a connection, and with grace on all of them are given the same.
   */
  private alone(
    token: string,
    rotate: () => Promise<RenewableSession | undefined>,
  ): Promise<RenewableSession | undefined> {
    if (this.config.refreshGrace === 0) return rotate();
    const rotation = this.underway.get(token) ?? rotate().finally(() => this.underway.delete(token));
    this.underway.set(token, rotation);
    return rotation;
  }

  private async exchange(
    manager: EntityManager,
    token: string,
    owner: RefreshTokenOwner,
    origin: RequestOrigin,
  ): Promise<RenewableSession | undefined> {
    const { session, user } = owner;
    const spans = { tokenTtl: this.config.accessTokenTtl, idleTtl: this.config.refreshIdleTtl };
    const used = await this.sessions.use(manager, session, spans, origin);
    if (!used) return undefined;
    const successor = successorOf(token, this.config.tokenSecret);
    const renewed = { user, session: used, refreshToken: successor };
    if (await this.tokens.spend(manager, token)) {
      await this.tokens.add(manager, session.id, successor);
      return renewed;
    }
    if (await this.isRepeat(manager, token, successor)) return renewed;
    await this.theft.end(manager, owner, origin);
    return undefined;
  }

  /** Two tabs, or an answer that got lost: the token was spent a moment ago, and its successor was not used yet. */
  private async isRepeat(manager: EntityManager, token: string, successor: string): Promise<boolean> {
    const spent = await this.tokens.find(manager, token);
    const next = await this.tokens.find(manager, successor);
    const age = Date.now() - (spent?.spentAt?.getTime() ?? 0);
    return next?.spentAt === null && age <= this.config.refreshGrace * 1_000 && this.config.refreshGrace > 0;
  }
}

/** A session that a client opened is renewed by that client alone (RFC 6749 §6); one of a door by whoever has the token. */
function mayBePresentedBy(clientId: string | undefined, session: RefreshTokenOwner['session']): boolean {
  return session.clientId.startsWith('gatehouse:') || session.clientId === clientId;
}
