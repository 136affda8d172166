import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { In, MoreThan, Not, type EntityManager } from 'typeorm';
import { newId } from '../../database/identifier.js';
import { digestOf, newOpaqueToken } from '../../secrets/opaque.token.js';
import { LinkSpent } from './link.errors.js';
import { OneTimeToken, type LinkPurpose } from './one-time-token.entity.js';

/** How long the links work, in milliseconds. */
const LIFETIMES: Readonly<Record<LinkPurpose, number>> = {
  confirmation: 24 * 3_600_000,
  email_change: 24 * 3_600_000,
  password_reset: 10 * 60_000,
};

/** The secrets of links in mails. Each works once; only its digest is kept. */
@Injectable()
export class OneTimeTokens {
  constructor(private readonly database: Database) {}

  /**
   * @param userId whose account it opens; undefined where there is nobody to send it to
   * @param email the new address, with `email_change` alone
   */
  async issue(
    manager: EntityManager,
    purpose: LinkPurpose,
    userId: string = newId('usr'),
    email: string | null = null,
  ): Promise<string> {
    const token = newOpaqueToken();
    const now = Date.now();
    await manager.insert(OneTimeToken, {
      digest: digestOf(token),
      purpose,
      userId,
      email,
      createdAt: new Date(now),
      expiresAt: new Date(now + LIFETIMES[purpose]),
    });
    return token;
  }

  /** Finds a token that still works, and leaves it so. @throws LinkSpent */
  async get(token: string, purposes: readonly LinkPurpose[]): Promise<OneTimeToken> {
    const digest = digestOf(token);
    const criteria = { digest, purpose: In(purposes), expiresAt: MoreThan(new Date()) };
    const found = await this.database.manager.findOneBy(OneTimeToken, criteria);
    if (!found) throw new LinkSpent();
    return found;
  }

  /** Uses a token up: of all who try at once, one does. @throws LinkSpent */
  async redeem(manager: EntityManager, { digest }: OneTimeToken): Promise<void> {
    const { affected } = await manager.delete(OneTimeToken, { digest, expiresAt: MoreThan(new Date()) });
    if (affected !== 1) throw new LinkSpent();
  }

  /** Ends every link that was sent to a user. */
  async forget(manager: EntityManager, userId: string): Promise<void> {
    await manager.delete(OneTimeToken, { userId });
  }

  /** Ends the links that would give a user another address than this one. */
  async forgetOtherEmails(manager: EntityManager, userId: string, email: string): Promise<void> {
    await manager.delete(OneTimeToken, { userId, purpose: 'email_change', email: Not(email) });
  }
}
