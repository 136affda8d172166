import { setImmediate as turnOver } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { createConnection, type Connection, type ResultSetHeader, type RowDataPacket } from 'mysql2/promise';
import type { RawConnection } from './token.statements.js';

/**
 * Opens the database that identity has, by its driver alone. SQLite has one writer: all share one connection.
 *
 * @param commits with SQLite: for each transaction, or one for all that come in one turn of the event loop, as identity
 *   has it
 */
export async function rawConnections(
  databaseUrl: string,
  count: number,
  commits: 'for each' | 'for all of a turn' = 'for each',
): Promise<RawConnection[]> {
  if (databaseUrl.startsWith('sqlite:')) {
    const database = new Sqlite(databaseUrl.slice('sqlite:'.length));
    const shared = new (commits === 'for each' ? RawSqlite : GroupedSqlite)(database);
    return Array.from({ length: count }, () => shared);
  }
  const open = async (): Promise<RawConnection> =>
    new RawMysql(await createConnection({ uri: databaseUrl, timezone: 'Z' }));
  return Promise.all(Array.from({ length: count }, open));
}

/** better-sqlite3, whose statements are done when they return: a transaction of one is never among another's. */
class RawSqlite implements RawConnection {
  private readonly statements = new Map<string, Sqlite.Statement>();
  private turn: Promise<void> = Promise.resolve();
  private leave: (() => void) | undefined;

  constructor(private readonly database: Sqlite.Database) {
    // A commit is on the disk when it is told: in WAL mode better-sqlite3 would leave that for later.
    database.pragma('synchronous = FULL');
  }

  async first(sql: string, values: readonly unknown[]): Promise<Record<string, unknown> | undefined> {
    return this.prepared(sql).get(...values) as Record<string, unknown> | undefined;
  }

  async change(sql: string, values: readonly unknown[]): Promise<number> {
    return this.prepared(sql).run(...values).changes;
  }

  async begin(): Promise<void> {
    const before = this.turn;
    let leave!: () => void;
    this.turn = new Promise((resolve) => (leave = resolve));
    await before;
    this.leave = leave;
    this.prepared('BEGIN IMMEDIATE').run();
  }

  async commit(): Promise<void> {
    this.prepared('COMMIT').run();
    this.leave?.();
  }

  time(milliseconds: number): string {
    return new Date(milliseconds).toISOString().replace('T', ' ').slice(0, 23);
  }

  async close(): Promise<void> {
    this.database.close();
  }

  changeAlone(sql: string, values: readonly unknown[]): Promise<number> {
    return this.change(sql, values);
  }

  protected prepared(sql: string): Sqlite.Statement {
    const known = this.statements.get(sql) ?? this.database.prepare(sql);
    this.statements.set(sql, known);
    return known;
  }
}

/** The same, where all transactions of one turn of the event loop are one: none is kept or undone by itself. */
class GroupedSqlite extends RawSqlite {
  private committed: Promise<void> | undefined;

  override async begin(): Promise<void> {
    this.committed ??= this.group();
  }

  override async commit(): Promise<void> {
    await this.committed;
  }

  override async changeAlone(sql: string, values: readonly unknown[]): Promise<number> {
    await this.begin();
    const changed = await this.change(sql, values);
    await this.commit();
    return changed;
  }

  private async group(): Promise<void> {
    this.prepared('BEGIN IMMEDIATE').run();
    await turnOver();
    this.committed = undefined;
    this.prepared('COMMIT').run();
  }
}

/** mysql2, with statements that the server keeps prepared. */
class RawMysql implements RawConnection {
  constructor(private readonly connection: Connection) {}

  async first(sql: string, values: readonly unknown[]): Promise<Record<string, unknown> | undefined> {
    const [rows] = await this.connection.execute<RowDataPacket[]>(sql, values as string[]);
    return rows[0];
  }

  async change(sql: string, values: readonly unknown[]): Promise<number> {
    const [{ affectedRows }] = await this.connection.execute<ResultSetHeader>(sql, values as string[]);
    return affectedRows;
  }

  changeAlone(sql: string, values: readonly unknown[]): Promise<number> {
    return this.change(sql, values);
  }

  async begin(): Promise<void> {
    await this.connection.query('START TRANSACTION');
  }

  async commit(): Promise<void> {
    await this.connection.query('COMMIT');
  }

  time(milliseconds: number): Date {
    return new Date(milliseconds);
  }

  async close(): Promise<void> {
    await this.connection.end();
  }
}
