import { isUniqueViolation } from '@gatehouse/service-kit';
import type { EntityManager, EntityTarget } from 'typeorm';

/** Inserts rows as they are; nothing is read back for them. */
export async function insertRows<Row extends object>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  rows: readonly Row[],
): Promise<void> {
  await manager
    .createQueryBuilder()
    .insert()
    .into(entity)
    .values([...rows])
    .updateEntity(false)
    .execute();
}

/**
 * Inserts a row, and lets the database's unique columns decide between competitors: to look first would let both win.
 *
 * @returns false when a unique value is taken
 */
export async function insertUnlessTaken<Row extends object>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  row: Row,
): Promise<boolean> {
  try {
    await insertRows(manager, entity, [row]);
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}
