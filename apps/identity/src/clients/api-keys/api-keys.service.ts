import type { Scope } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan, type EntityManager, type FindOptionsWhere } from 'typeorm';
import { isActive, User } from '../../accounts/user.entity.js';
import { newId } from '../../database/identifier.js';
import { RevocationLog } from '../../revocation/revocation.log.js';
import { digestOf } from '../../secrets/opaque.token.js';
import { InvalidApiKey } from './api-key.errors.js';
import { ApiKey } from './api-key.entity.js';

/** A token of a key lives this long at most, in seconds: what a guard remembers for longer, it has asked for again. */
export const LONGEST_API_KEY_TOKEN = 900;

/** Which of a user's API keys. */
export interface ApiKeyChoice {
  readonly userId: string;
  /** This one alone. */
  readonly only?: string;
}

/** An API key that was good just now, and whose it is. */
export interface UsedApiKey {
  row: ApiKey;
  user: User;
}

/** Keeps the API keys, uses them and ends them. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly database: Database,
    private readonly revocations: RevocationLog,
  ) {}

  /** The user's keys that were not deleted, the latest first. */
  listOf(userId: string): Promise<ApiKey[]> {
    return this.database.manager.find(ApiKey, {
      where: { userId, endedAt: IsNull() },
      order: { id: 'DESC' },
    });
  }

  /** Whether tokens of that `sid` are those of a key that is good. */
  isLive(sid: string): Promise<boolean> {
    return this.database.manager.existsBy(ApiKey, good({ sid }));
  }

  /**
   * Uses a key once more, for one more token; holds its row until the transaction ends, so that whoever ends it comes
   * before, and then nothing is given, or after, and then what is given ends with it.
   *
   * @throws InvalidApiKey when it is unknown, has ended or expired, or its user may not sign in
   */
  async use(manager: EntityManager, key: string): Promise<UsedApiKey> {
    const digest = digestOf(key);
    const { affected } = await manager.update(ApiKey, good({ digest }), { lastUsedAt: new Date() });
    if (affected !== 1) throw new InvalidApiKey();
    const row = await manager.findOneByOrFail(ApiKey, { digest });
    const user = await manager.findOneByOrFail(User, { id: row.userId });
    if (!isActive(user)) throw new InvalidApiKey();
    return { row, user };
  }

  /**
   * Ends keys, and at every guard what they were exchanged for. Who means to end all that a user has must hold the
   * user's row, as those who make one do.
   *
   * @returns how many there were to end
   */
  async end(manager: EntityManager, { userId, only }: ApiKeyChoice): Promise<number> {
    const endedAt = new Date();
    const choice = { userId, ...(only && { id: only }) };
    // The update comes first: it waits for whoever uses one of them, and what is read after it is settled.
    const { affected } = await manager.update(ApiKey, { ...choice, endedAt: IsNull() }, { endedAt });
    if (!affected) return 0;
    const ended = await manager.findBy(ApiKey, { ...choice, endedAt });
    const expiresAt = afterLastToken(endedAt);
    await this.revocations.record(
      manager,
      ended.flatMap(({ id, sid }) => [
        { kind: 'api_key', id, expiresAt },
        { kind: 'session', id: sid, expiresAt },
      ]),
    );
    return affected;
  }

  /**
   * Leaves the user's keys none but these scopes, and ends those that have none of them. What they were exchanged for
   * so far is not ended. The user's row must be held.
   */
  async narrow(manager: EntityManager, userId: string, allowed: readonly Scope[]): Promise<void> {
    for (const { id, scopes } of await manager.findBy(ApiKey, { userId, endedAt: IsNull() })) {
      const left = scopes.filter((scope) => allowed.includes(scope));
      if (left.length === 0) await this.end(manager, { userId, only: id });
      else if (left.length < scopes.length) await manager.update(ApiKey, { id }, { scopes: left });
    }
  }

  /**
   * Ends what the user's keys were exchanged for so far, since it says what is not true any more, such as a role. The
   * keys stay. The user's row must be held.
   */
  async endTokensOf(manager: EntityManager, userId: string): Promise<void> {
    const keys = await manager.findBy(ApiKey, { userId, endedAt: IsNull() });
    for (const { id } of keys) await manager.update(ApiKey, { id }, { sid: newId('ses') });
    const expiresAt = afterLastToken(new Date());
    await this.revocations.record(
      manager,
      keys.map(({ sid }) => ({ kind: 'session', id: sid, expiresAt })),
    );
  }
}

/** Those of them that have neither ended nor expired. */
function good(keys: FindOptionsWhere<ApiKey>): FindOptionsWhere<ApiKey>[] {
  const terms = [IsNull(), MoreThan(new Date())];
  return terms.map((expiresAt) => ({ ...keys, endedAt: IsNull(), expiresAt }));
}

function afterLastToken(endedAt: Date): Date {
  return new Date(endedAt.getTime() + LONGEST_API_KEY_TOKEN * 1_000);
}
