import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { User } from '../accounts/user.entity.js';
import { digestOf } from '../secrets/opaque.token.js';
import { RefreshToken } from './refresh-token.entity.js';
import { live, Session } from './session.entity.js';

/** Whose a refresh token is. */
export interface RefreshTokenOwner {
  session: Session;
  user: User;
}

/** Keeps digests of the refresh tokens. */
@Injectable()
export class RefreshTokensRepository {
  constructor(private readonly database: Database) {}

  /** Whose the token is, whether or not it is still good; undefined when it was never given. */
  async findOwner(token: string): Promise<RefreshTokenOwner | undefined> {
    // One query, since every refresh begins with it.
    const found = await this.database.manager
      .createQueryBuilder(Session, 'session')
      .innerJoin(RefreshToken, 'token', 'token.sessionId = session.id')
      .innerJoinAndMapOne('session.user', User, 'user', 'user.id = session.userId')
      .where('token.digest = :digest', { digest: digestOf(token) })
      .getOne();
    if (!found) return undefined;
    const { user, ...session } = found as Session & { user: User };
    return { user, session };
  }

  /** The live session that the token can renew. */
  async findRenewable(token: string): Promise<Session | undefined> {
    const row = await this.find(this.database.manager, token);
    if (!row || row.spentAt) return undefined;
    return (await this.database.manager.findOneBy(Session, { id: row.sessionId, ...live() })) ?? undefined;
  }

  find(manager: EntityManager, token: string): Promise<RefreshToken | null> {
    return manager.findOneBy(RefreshToken, { digest: digestOf(token) });
  }

  async add(manager: EntityManager, sessionId: string, token: string): Promise<void> {
    await manager.insert(RefreshToken, {
      digest: digestOf(token),
      sessionId,
      createdAt: new Date(),
      spentAt: null,
    });
  }

  /** Spends the token: of all who try, one is told that it was them. To look first would let several win. */
  async spend(manager: EntityManager, token: string): Promise<boolean> {
    const digest = digestOf(token);
    const { affected } = await manager.update(
      RefreshToken,
      { digest, spentAt: IsNull() },
      { spentAt: new Date() },
    );
    return affected === 1;
  }
}
