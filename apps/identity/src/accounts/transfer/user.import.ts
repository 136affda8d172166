import { setTimeout as sleep } from 'node:timers/promises';
import { Unavailable } from '@gatehouse/contracts';
import { Database, isUniqueViolation } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { AuditTrail } from '../../audit/audit.trail.js';
import { insertRows } from '../../database/insertion.js';
import type { AdministrativeAct } from '../administration/administrative.act.js';
import { User } from '../user.entity.js';
import type { ImportedAccount } from './account.record.js';
import { ExternalId } from './external-id.entity.js';

/**
 * What becomes of an account: it is new, it is there already, its id is that of one with another address (who has
 * changed theirs since, or somebody else whom another application calls the same), or a reason why it cannot be.
 */
export type Fate = 'new' | 'known' | 'known-by-another-address' | { readonly refused: string };

interface Existing {
  readonly byEmail: ReadonlyMap<string, User>;
  /** Whose each is. */
  readonly externalIds: ReadonlyMap<string, string>;
}

const ATTEMPTS = 5;
/** Before the second attempt, in milliseconds; longer before each further one. */
const PAUSE = 500;

/**
 * Brings in accounts from elsewhere, so that doing it again changes nothing: an account that is there stays as it is. So
 * whoever was interrupted begins again, and what is there already costs two look-ups for a whole batch.
 */
@Injectable()
export class UserImport {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Adds those of a batch that are new, all of them or none.
   *
   * @returns the fate of each, in their order
   */
  async add(batch: readonly ImportedAccount[], act: AdministrativeAct): Promise<Fate[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.database.transaction(async (manager) => {
          const fates = judge(batch, await existing(manager, batch));
          const added = batch.filter((_, i) => fates[i] === 'new');
          if (added.length > 0) await this.insert(manager, added, act);
          return fates;
        });
      } catch (error) {
        if (!isPassing(error) || attempt === ATTEMPTS) throw error;
        await sleep(attempt * PAUSE);
      }
    }
  }

  /** What {@link add} would do. */
  async foresee(batch: readonly ImportedAccount[]): Promise<Fate[]> {
    return judge(batch, await existing(this.database.manager, batch));
  }

  private async insert(
    manager: EntityManager,
    added: readonly ImportedAccount[],
    { actorId }: AdministrativeAct,
  ): Promise<void> {
    const createdAt = new Date();
    await insertRows(
      manager,
      User,
      added.map(({ user }) => user),
    );
    const named = added.filter(({ externalId }) => externalId !== null);
    const ids = named.map(({ externalId, user }) => ({ id: externalId!, userId: user.id, createdAt }));
    if (ids.length > 0) await insertRows(manager, ExternalId, ids);
    const entries = added.map(({ user }) => ({ type: 'user.import', actorId, subjectId: user.id }) as const);
    await this.audit.recordAll(manager, entries);
  }
}

/** Somebody has signed up meanwhile with one of the addresses, or requests keep the database busy: they come first. */
function isPassing(error: unknown): boolean {
  return isUniqueViolation(error) || error instanceof Unavailable;
}

function judge(batch: readonly ImportedAccount[], { byEmail, externalIds }: Existing): Fate[] {
  const emails = new Set<string>();
  const ids = new Set<string>();
  return batch.map((account) => {
    const { user, externalId } = account;
    const known = byEmail.get(user.email);
    const owner = externalId === null ? undefined : externalIds.get(externalId);
    if (owner !== undefined) return owner === known?.id ? 'known' : 'known-by-another-address';
    if (known) return isSame(account, known) ? 'known' : { refused: 'another account has this address' };
    if (emails.has(user.email)) return { refused: 'a record before has this address' };
    if (externalId !== null && ids.has(externalId)) return { refused: 'a record before has this id' };
    emails.add(user.email);
    if (externalId !== null) ids.add(externalId);
    return 'new';
  });
}

/** Whether a record is the account that has its address: it comes from here, or is without an id and of the same age. */
function isSame({ user, externalId, dated }: ImportedAccount, known: User): boolean {
  if (externalId !== null) return externalId === known.id;
  return !dated || user.createdAt.getTime() === known.createdAt.getTime();
}

async function existing(manager: EntityManager, batch: readonly ImportedAccount[]): Promise<Existing> {
  const users = await manager.find(User, {
    select: { id: true, email: true, createdAt: true },
    where: { email: In(batch.map(({ user }) => user.email)) },
  });
  const ids = batch.flatMap(({ externalId }) => externalId ?? []);
  const known = ids.length > 0 ? await manager.findBy(ExternalId, { id: In(ids) }) : [];
  return {
    byEmail: new Map(users.map((user) => [user.email, user])),
    externalIds: new Map(known.map(({ id, userId }) => [id, userId])),
  };
}
