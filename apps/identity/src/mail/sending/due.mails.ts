import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { IsNull, LessThanOrEqual, MoreThan, type EntityManager } from 'typeorm';
import { Mail } from '../mail.entity.js';

/** For how long a mail is the replica's that has claimed it, in milliseconds. No try takes as long. */
const CLAIM = 120_000;

/** Some of the mails that were due. */
export interface ClaimedMails {
  readonly mails: readonly Mail[];
  /** Whether there may be more. */
  readonly hasMore: boolean;
}

/** The mails that are to be sent now. */
@Injectable()
export class DueMails {
  constructor(private readonly database: Database) {}

  /** Takes some; nobody else gets them until the claim is over, which is when a replica that died has had them. */
  async claim(limit: number): Promise<ClaimedMails> {
    const due = await this.database.manager.find(Mail, {
      where: { nextAttemptAt: LessThanOrEqual(new Date()) },
      order: { nextAttemptAt: 'ASC' },
      take: limit,
    });
    if (due.length === 0) return { mails: [], hasMore: false };
    const mails = await this.database.transaction(async (manager) => {
      const claimed: Mail[] = [];
      // In one order for all replicas, so that none waits for another in a circle.
      for (const mail of due.toSorted((one, other) => (one.id < other.id ? -1 : 1)))
        if (await claimOne(manager, mail)) claimed.push({ ...mail, attempts: mail.attempts + 1 });
      return claimed;
    });
    return { mails, hasMore: due.length === limit };
  }

  /** It was sent: its link is nobody's business any more. */
  async settle(manager: EntityManager, { id }: Mail): Promise<void> {
    await manager.update(Mail, { id }, { sentAt: new Date(), nextAttemptAt: null, sealedLink: null });
  }

  /** It is given up. */
  async bury(manager: EntityManager, { id }: Mail): Promise<void> {
    await manager.update(Mail, { id }, { deadAt: new Date(), nextAttemptAt: null, sealedLink: null });
  }

  async postpone(manager: EntityManager, { id }: Mail, delay: number): Promise<void> {
    await manager.update(Mail, { id }, { nextAttemptAt: new Date(Date.now() + delay) });
  }

  /** How many wait to be sent. */
  count(): Promise<number> {
    return this.database.manager.countBy(Mail, { nextAttemptAt: MoreThan(new Date(0)) });
  }
}

/** The number of attempts tells whether somebody else has claimed it since it was read. */
async function claimOne(manager: EntityManager, { id, attempts }: Mail): Promise<boolean> {
  const { affected } = await manager.update(
    Mail,
    { id, attempts, sentAt: IsNull(), deadAt: IsNull() },
    { attempts: attempts + 1, nextAttemptAt: new Date(Date.now() + CLAIM) },
  );
  return affected === 1;
}
