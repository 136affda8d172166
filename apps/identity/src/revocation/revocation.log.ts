import type { RevocationKind } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CommitWatch } from './commit.watch.js';
import { LocalRevocations } from './local.revocations.js';
import type { Revocation } from './revocation.entity.js';
import { RevocationFeed } from './revocation.feed.js';
import { RevocationsRepository } from './revocations.repository.js';

/** Something that ends now. Whoever ends it says until when tokens it concerns could have been good. */
export type NewRevocation = {
  /** The id of what ends: a session's, token's (`jti`), API key's, user's (`subject`) or client's, or a `kid`. */
  readonly id: string;
  /** When the last token that it concerns expires. */
  readonly expiresAt: Date;
} & (
  | { readonly kind: Exclude<RevocationKind, 'subject' | 'client'> }
  /** `before`: now; tokens issued later are good again, if any are. */
  | { readonly kind: 'subject' | 'client'; readonly before: Date }
);

type NewRow = Omit<Revocation, 'id'>;

/** Guards take a token for valid this much longer, in seconds: their clocks differ from ours by a minute at most. */
const ALLOWANCE = 120;

/**
 * What ended before its time, for every guard to know.
 *
 * @example
 * await this.database.transaction(async (manager) => {
 *   await manager.update(Session, { id }, { endedAt: now });
 *   await this.revocations.record(manager, { kind: 'session', id, expiresAt: session.tokensExpireAt });
 * });
 */
@Injectable()
export class RevocationLog {
  constructor(
    private readonly repository: RevocationsRepository,
    private readonly commits: CommitWatch,
    private readonly local: LocalRevocations,
    private readonly feed: RevocationFeed,
  ) {}

  /**
   * Adds revocations to the transaction of what causes them: both are committed, or neither. It takes no lock that
   * others wait for. When the transaction has returned, this process refuses what ended; the others do a moment later.
   */
  async record(manager: EntityManager, revocations: NewRevocation | readonly NewRevocation[]): Promise<void> {
    const rows = [revocations].flat().map(rowOf);
    if (rows.length === 0) return;
    this.commits.afterCommit(manager, () => this.publish(rows));
    await this.repository.add(manager, rows);
  }

  private publish(rows: readonly NewRow[]): void {
    for (const { kind, revokedId: id, expiresAt, issuedUntil } of rows) {
      this.local.add({
        kind,
        id,
        expires_at: expiresAt,
        ...(issuedUntil !== null && { before: issuedUntil }),
      });
    }
    void this.feed.refresh();
  }
}

function rowOf(revocation: NewRevocation): NewRow {
  return {
    position: null,
    kind: revocation.kind,
    revokedId: revocation.id,
    issuedUntil: 'before' in revocation ? Math.floor(revocation.before.getTime() / 1_000) : null,
    expiresAt: Math.ceil(revocation.expiresAt.getTime() / 1_000) + ALLOWANCE,
    createdAt: new Date(),
  };
}
