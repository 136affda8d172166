import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PreparedSqlite } from './sqlite.driver.js';

describe('the driver of SQLite', () => {
  let connection: PreparedSqlite;

  beforeEach(() => {
    connection = new PreparedSqlite(':memory:');
    connection.exec('CREATE TABLE notes (id int)');
  });
  afterEach(() => void connection.close());

  it('prepares a statement once', () => {
    const statement = connection.prepare('INSERT INTO notes VALUES (?)');
    expect(connection.prepare('INSERT INTO notes VALUES (?)')).toBe(statement);
    expect(connection.prepare('INSERT INTO notes VALUES (1)')).not.toBe(statement);
  });

  it('keeps those that are used, and not all that ever were', () => {
    const used = connection.prepare('SELECT 0');
    const unused = connection.prepare('SELECT -1');
    for (let i = 1; i < 1_000; i += 1) {
      connection.prepare(`SELECT ${i}`);
      expect(connection.prepare('SELECT 0')).toBe(used);
    }
    expect(connection.prepare('SELECT -1')).not.toBe(unused);
  });

  it('does what a pragma asks for each time', () => {
    for (const sql of ['PRAGMA foreign_keys = ON', 'PRAGMA foreign_keys = OFF', 'PRAGMA foreign_keys = ON'])
      connection.prepare(sql).run();
    expect(connection.prepare('PRAGMA foreign_keys').pluck().get()).toBe(1);
  });

  it('reads what a table has become meanwhile', () => {
    connection.prepare('INSERT INTO notes VALUES (1)').run();
    expect(connection.prepare('SELECT * FROM notes').all()).toEqual([{ id: 1 }]);
    connection.exec("ALTER TABLE notes ADD COLUMN text DEFAULT 'new'");
    expect(connection.prepare('SELECT * FROM notes').all()).toEqual([{ id: 1, text: 'new' }]);
  });

  it('takes the write lock when a transaction begins', () => {
    expect(connection.prepare('BEGIN TRANSACTION').source).toBe('BEGIN IMMEDIATE');
  });
});
