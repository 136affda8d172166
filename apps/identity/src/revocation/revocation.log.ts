import type { RevocationKind } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Revocation } from './revocation.entity.js';

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

/** Guards take a token for valid this much longer, in seconds: their clocks differ from ours by a minute at most. */
const ALLOWANCE = 120;
/** Rows in one INSERT: SQLite has 32,766 parameters for it. */
const BATCH = 1_000;

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
  /** Adds revocations to the transaction of what causes them: both are committed, or neither. */
  async record(manager: EntityManager, revocations: NewRevocation | readonly NewRevocation[]): Promise<void> {
    const rows = [revocations].flat().map(rowOf);
    for (let start = 0; start < rows.length; start += BATCH) {
      const batch = rows.slice(start, start + BATCH);
      await manager
        .createQueryBuilder()
        .insert()
        .into(Revocation)
        .values(batch)
        .updateEntity(false)
        .execute();
    }
  }
}

function rowOf(revocation: NewRevocation): Omit<Revocation, 'id'> {
  return {
    position: null,
    kind: revocation.kind,
    revokedId: revocation.id,
    issuedUntil: 'before' in revocation ? Math.floor(revocation.before.getTime() / 1_000) : null,
    expiresAt: Math.ceil(revocation.expiresAt.getTime() / 1_000) + ALLOWANCE,
    createdAt: new Date(),
  };
}
