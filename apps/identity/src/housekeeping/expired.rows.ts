import type { ObjectLiteral } from 'typeorm';
import { OneTimeToken } from '../accounts/links/one-time-token.entity.js';
import { ApiKey } from '../clients/api-keys/api-key.entity.js';
import { firstIdAt } from '../database/identifier.js';
import { Mail } from '../mail/mail.entity.js';
import { Revocation } from '../revocation/revocation.entity.js';
import { RefreshToken } from '../sessions/refresh-token.entity.js';
import { Session } from '../sessions/session.entity.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How many rows one transaction deletes at most. */
export const BATCH = 500;

/** Rows that nobody needs any more, as one index finds them. */
export interface ExpiredRows {
  readonly entity: new () => ObjectLiteral;
  /** The column of its primary key. */
  readonly key: 'id' | 'digest';
  readonly where: string;
}

// Ended sessions stay until they would have expired. The hour is for clocks that are behind.
const LAPSED = 'idle_expires_at < :anHourAgo AND tokens_expire_at < :anHourAgo';

/**
 * What goes; in order, since the refresh tokens of a session go before it does. The audit trail stays, and so do all
 * refresh tokens of a session that could still be renewed: a spent one that comes again tells of a theft.
 */
export const EXPIRED_ROWS: readonly ExpiredRows[] = [
  { entity: OneTimeToken, key: 'digest', where: 'expires_at < :now' },
  {
    entity: RefreshToken,
    key: 'digest',
    where: `session_id IN (SELECT id FROM (SELECT id FROM sessions WHERE ${LAPSED} LIMIT ${BATCH}) AS lapsed)`,
  },
  { entity: Session, key: 'id', where: LAPSED },
  // For a month its owner can see that a key has expired.
  { entity: ApiKey, key: 'id', where: 'ended_at < :aMonthAgo' },
  { entity: ApiKey, key: 'id', where: 'expires_at < :aMonthAgo' },
  // Sent, given up, or to nobody: what has waited for a week carries no link that works.
  { entity: Mail, key: 'id', where: 'id < :firstMailOfTheWeek' },
  // Where it has no position yet, guards have not been told.
  { entity: Revocation, key: 'id', where: 'expires_at <= :seconds AND position IS NOT NULL' },
];

/** The times in {@link EXPIRED_ROWS}. */
export function timesAt(now: number): ObjectLiteral {
  return {
    now: new Date(now),
    anHourAgo: new Date(now - HOUR),
    aMonthAgo: new Date(now - 30 * DAY),
    firstMailOfTheWeek: firstIdAt('mai', now - 7 * DAY),
    seconds: Math.floor(now / 1_000),
  };
}
