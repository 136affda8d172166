import { Unavailable } from '@gatehouse/contracts';
import { QueryFailedError } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { databaseUnavailability, isUniqueViolation, isWorthAnotherTry } from './database.errors.js';

const failure = (members: object) => Object.assign(new Error('driver'), members);
const query = (members: object) => new QueryFailedError('SELECT 1', [], failure(members));

describe('an error of the database', () => {
  it.each([
    ['too many connections', query({ code: 'ER_CON_COUNT_ERROR', errno: 1040 })],
    ['no connection, since there are too many', failure({ code: 'ER_CON_COUNT_ERROR', errno: 1040 })],
    ['a read-only server', query({ code: 'ER_OPTION_PREVENTS_STATEMENT', errno: 1290 })],
    ['a lock waited for too long', query({ code: 'ER_LOCK_WAIT_TIMEOUT', errno: 1205 })],
    ['a full table space', query({ code: 'ER_RECORD_FILE_FULL', errno: 1114 })],
    ['a lost connection', query({ code: 'PROTOCOL_CONNECTION_LOST', fatal: true })],
    ['a refused connection', failure({ code: 'ECONNREFUSED', errno: -111, fatal: true })],
    ['a full queue', new Error('Queue limit reached.')],
    ['a full disk', query({ code: 'SQLITE_FULL' })],
    ['a broken disk', query({ code: 'SQLITE_IOERR_WRITE' })],
    ['a read-only disk', query({ code: 'SQLITE_READONLY_DIRECTORY' })],
    ['a busy file', query({ code: 'SQLITE_BUSY' })],
  ])('is worth another try: %s', (_, error) => {
    const unavailable = databaseUnavailability(error);
    expect(unavailable).toBeInstanceOf(Unavailable);
    expect(unavailable?.headers).toEqual({ 'Retry-After': '1' });
    expect(unavailable?.cause).toBe(error);
  });

  it.each([
    ['a value that is taken', query({ code: 'ER_DUP_ENTRY', errno: 1062 })],
    ['a statement that is wrong', query({ code: 'ER_PARSE_ERROR', errno: 1064 })],
    ['a broken constraint', query({ code: 'SQLITE_CONSTRAINT_NOTNULL' })],
    ['another service that is away', failure({ code: 'ECONNREFUSED', errno: -111 })],
    ['nothing at all', undefined],
  ])('is not: %s', (_, error) => {
    expect(databaseUnavailability(error)).toBeUndefined();
  });

  it.each([
    ['a deadlock', { errno: 1213 }, true],
    ['too many connections', { errno: 1040 }, true],
    ['a server that takes no writes', { errno: 1290 }, true],
    ['a value that is taken', { errno: 1062 }, false],
    // Nobody knows whether it was committed.
    ['a connection that was lost', { code: 'PROTOCOL_CONNECTION_LOST' }, false],
  ])('says whether the transaction is worth another try: %s', (_, members, worth) => {
    expect(isWorthAnotherTry(query(members))).toBe(worth);
  });

  it('tells values that are taken', () => {
    expect(isUniqueViolation(query({ code: 'SQLITE_CONSTRAINT_UNIQUE' }))).toBe(true);
    expect(isUniqueViolation(query({ code: 'SQLITE_CONSTRAINT_FOREIGNKEY' }))).toBe(false);
  });
});
