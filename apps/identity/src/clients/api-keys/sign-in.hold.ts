import { InvalidToken } from '@gatehouse/access';
import { IsNull, type EntityManager } from 'typeorm';
import { live, Session } from '../../sessions/session.entity.js';
import { ApiKey } from './api-key.entity.js';

/**
 * Sees to it that what a request is signed in with lives, and does so until the transaction ends: for what outlives it.
 * The guard refuses what has ended once this replica has heard of it, and whoever ended it at another one was told
 * that it is over a moment before.
 *
 * @param sid of the session, or of the API key
 * @throws InvalidToken
 */
export async function holdSignIn(manager: EntityManager, sid: string): Promise<void> {
  const session = await manager.update(Session, { id: sid, ...live() }, { lastUsedAt: new Date() });
  if (session.affected === 1) return;
  // Changes nothing, and holds the row.
  const key = await manager.update(ApiKey, { sid, endedAt: IsNull() }, { endedAt: null });
  if (key.affected !== 1) throw new InvalidToken('of a session or an API key that has ended');
}
