import {
  Column,
  Entity,
  PrimaryColumn,
  Table as NewTable,
  type MigrationInterface,
  type QueryRunner,
} from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabases, type TestDatabase } from '../testing/test.databases.js';
import type { Database } from './database.js';
import { openDatabase } from './database.opening.js';
import { change, rowsOf } from './statements.js';
import { Table } from './table.js';

@Entity('parcels')
class Parcel {
  @PrimaryColumn('varchar', { length: 64 })
  id!: string;

  @Column('simple-json')
  labels!: string[];

  @Column('boolean', { name: 'is_heavy' })
  isHeavy!: boolean;

  @Column('datetime', { name: 'sent_at', precision: 3 })
  sentAt!: Date;

  @Column('datetime', { name: 'lost_at', precision: 3, nullable: true })
  lostAt!: Date | null;

  @Column('varchar', { length: 64, nullable: true })
  note!: string | null;
}

class CreateParcels1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const columns = [
      { name: 'id', type: 'varchar', length: '64', isPrimary: true },
      { name: 'labels', type: 'text' },
      { name: 'is_heavy', type: 'boolean' },
      { name: 'sent_at', type: 'datetime', precision: 3 },
      { name: 'lost_at', type: 'datetime', precision: 3, isNullable: true },
      { name: 'note', type: 'varchar', length: '64', isNullable: true },
    ];
    await runner.createTable(new NewTable({ name: 'parcels', columns }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('parcels');
  }
}

const PARCELS = new Table(Parcel);
const PARCEL = PARCELS.as('p');
const SENT_AT = new Date('2026-06-04T03:04:25.997Z');

describe.each(testDatabases())('a table on $name', ({ create }) => {
  let home: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    home = await create();
    const options = { entities: [Parcel], migrations: [CreateParcels1700000000000] };
    database = await openDatabase({ url: home.url, ...options });
  });
  afterAll(async () => {
    await database.dataSource.destroy();
    await database.close();
    await home.drop();
  });

  const parcel = (id: string, others: Partial<Parcel> = {}): Parcel => ({
    id,
    labels: ["it's", '\u00fc "?"'],
    isHeavy: true,
    sentAt: SENT_AT,
    lostAt: null,
    note: null,
    ...others,
  });
  const add = (...parcels: Parcel[]) => database.transaction((manager) => PARCELS.insert(manager, parcels));
  const find = async (id: string, manager = database.manager) => {
    const [row] = await rowsOf(manager, `SELECT ${PARCEL.columns} FROM parcels p WHERE p.id = ?`, [id]);
    return row && PARCEL.read(row);
  };

  it('gives back what was asked for, and no more', async () => {
    await add(parcel('asked'));
    const asked = PARCELS.as('p', 'sentAt', 'labels');
    const [row] = await rowsOf(database.manager, `SELECT ${asked.columns} FROM parcels p WHERE p.id = ?`, [
      'asked',
    ]);
    expect(Object.keys(row!)).toHaveLength(2);
    expect(asked.read(row!)).toEqual({ sentAt: SENT_AT, labels: parcel('asked').labels });
  });

  it('gives back what was added, as TypeORM does', async () => {
    const light = parcel('light', { isHeavy: false, lostAt: new Date(SENT_AT.getTime() + 1), note: 'a ? b' });
    await add(parcel('heavy'), light);
    await add(parcel('alone'));
    for (const id of ['heavy', 'light', 'alone']) {
      expect(await find(id)).toEqual({ ...(await database.manager.findOneByOrFail(Parcel, { id })) });
    }
    expect(await find('light')).toEqual(light);
    expect(await find('unknown')).toBeUndefined();
  });

  it('reads what TypeORM has written, and what its own transaction has', async () => {
    await database.transaction(async (manager) => {
      await manager.insert(Parcel, parcel('theirs'));
      expect(await find('theirs', manager)).toEqual(parcel('theirs'));
    });
    expect(await find('theirs')).toEqual(parcel('theirs'));
  });

  it('tells how many rows a statement has found to change, be it to what they are', async () => {
    await add(parcel('changed'));
    const send = (id: string) =>
      database.transaction((manager) =>
        change(manager, 'UPDATE parcels SET lost_at = ? WHERE id = ? AND sent_at <= ?', [
          SENT_AT,
          id,
          SENT_AT,
        ]),
      );
    expect([await send('changed'), await send('changed'), await send('unknown')]).toEqual([1, 1, 0]);
    expect(await find('changed')).toEqual(parcel('changed', { lostAt: SENT_AT }));
  });

  it('changes nothing outside of a transaction', async () => {
    await expect(PARCELS.insert(database.manager, [parcel('stray')])).rejects.toThrow('in a transaction');
  });
});
