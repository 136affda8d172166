import Sqlite from 'better-sqlite3';

/** How many statements stay prepared; of more, those go that were not used for longest. */
const KEPT = 500;
/** Not a PRAGMA: some do what they do while they are prepared. */
const KEEPS = /^\s*(SELECT|INSERT|UPDATE|DELETE|BEGIN|COMMIT|SAVEPOINT|RELEASE|ROLLBACK)\b/i;

/** better-sqlite3, as TypeORM's driver. */
export class PreparedSqlite extends Sqlite {
  private readonly kept = new Map<string, Sqlite.Statement>();

  /** A statement that has been prepared before: that takes longer than to run it. */
  override prepare = ((sql: string): Sqlite.Statement => {
    // TypeORM's `BEGIN` would take the write lock at the first write, when it is too late to wait for another process.
    if (sql === 'BEGIN TRANSACTION') return this.prepare('BEGIN IMMEDIATE');
    const known = this.kept.get(sql);
    const statement = known ?? super.prepare(sql);
    if (known) this.kept.delete(sql);
    else if (!KEEPS.test(sql)) return statement;
    this.kept.set(sql, statement);
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value!);
    return statement;
  }) as Sqlite.Database['prepare'];
}
