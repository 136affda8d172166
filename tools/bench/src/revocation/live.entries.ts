import { randomBytes } from 'node:crypto';
import Sqlite from 'better-sqlite3';

/** Puts many live revocations of sessions into the database of an identity that is not running. */
export function addLiveEntries(file: string, count: number): void {
  const database = new Sqlite(file);
  const origin = database.prepare('SELECT position FROM revocation_feed').pluck().get() as number;
  const insert = database.prepare(
    `INSERT INTO revocations (position, kind, revoked_id, expires_at, created_at)
     VALUES (?, 'session', ?, ?, datetime())`,
  );
  const expiresAt = Math.floor(Date.now() / 1_000) + 86_400;
  database.transaction(() => {
    for (let i = 1; i <= count; i += 1) {
      insert.run(origin + i, `ses_${randomBytes(16).toString('hex')}`, expiresAt);
    }
    database.prepare('UPDATE revocation_feed SET position = ?').run(origin + count);
  })();
  database.close();
}
