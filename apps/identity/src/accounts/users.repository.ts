import { normalizedEmail, NotFound } from '@gatehouse/contracts';
import { change, Database, rowsOf, Table } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { And, LessThan, MoreThan, MoreThanOrEqual, type EntityManager } from 'typeorm';
import { exact } from '../database/exact.js';
import { insertUnlessTaken } from '../database/insertion.js';
import { type Page, pageOf, type PageChoice } from '../database/page.js';
import { User } from './user.entity.js';

const USER = new Table(User).as('u');

const BY_ID = `SELECT ${USER.columns} FROM users u WHERE u.id = ?`;
const BY_EMAIL = `SELECT ${USER.columns} FROM users u WHERE u.email = ?`;

const SIGN_IN = `UPDATE users SET last_sign_in_at = ?, password_digest = ?
  WHERE id = ? AND password_digest = ? AND password_reset_required = FALSE AND disabled_at IS NULL`;

// The last of all characters: what begins with a text sorts between the text and the text with this behind it.
const LAST_CHARACTER = '\u{10ffff}';

/** Keeps the users. */
@Injectable()
export class UsersRepository {
  constructor(private readonly database: Database) {}

  async findById(id: string): Promise<User | null> {
    return exact(await this.findOne(BY_ID, id), id);
  }

  findByEmail(email: string): Promise<User | null> {
    return this.findOne(BY_EMAIL, normalizedEmail(email));
  }

  /** In order of their ids. @param prefix how the address begins, as it is kept */
  async findPage({ limit, after = '' }: PageChoice, prefix?: string): Promise<Page<User>> {
    const range = prefix && And(MoreThanOrEqual(prefix), LessThan(prefix + LAST_CHARACTER));
    const where = { id: MoreThan(after), ...(range && { email: range }) };
    const rows = await this.database.manager.find(User, { where, order: { id: 'ASC' }, take: limit + 1 });
    return pageOf(rows, limit);
  }

  /**
   * Adds a user.
   *
   * @returns false when the id or the address is taken, be it by a competitor of this very moment
   */
  add(manager: EntityManager, user: User): Promise<boolean> {
    return insertUnlessTaken(manager, User, user);
  }

  /**
   * Reads a user to change it. The row is held until the transaction ends: other changes, and sign-ins, wait.
   *
   * @throws NotFound when there is no such user any more
   */
  async hold(manager: EntityManager, id: string): Promise<User> {
    await manager.update(User, { id }, { updatedAt: () => 'updated_at' });
    const user = exact(await manager.findOneBy(User, { id }), id);
    if (!user) throw new NotFound('This account is no more.');
    return user;
  }

  /**
   * Notes a sign-in, which holds the user's row until the transaction ends: a password change or a disabling comes
   * either before, and then this says no, or after, and then sees the session that is being opened.
   *
   * @param newDigest replaces the one the password was verified against, where that is outdated
   * @returns false when the user may no longer sign in with what was verified
   */
  async noteSignIn(manager: EntityManager, user: User, newDigest?: string): Promise<boolean> {
    const { id, passwordDigest } = user;
    const values = [new Date(), newDigest ?? passwordDigest, id, passwordDigest];
    return (await change(manager, SIGN_IN, values)) === 1;
  }

  private async findOne(sql: string, value: string): Promise<User | null> {
    const [row] = await rowsOf(this.database.manager, sql, [value]);
    return row ? USER.read(row) : null;
  }
}
