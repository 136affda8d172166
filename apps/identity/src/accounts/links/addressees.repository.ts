import { type Locale, normalizedEmail } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';

/** The user whom a mail to an address reaches. */
export interface Addressee {
  id: string;
  email: string;
  locale: Locale;
  confirmed: boolean;
}

// One row in any case. To make an entity of a user takes 50 µs longer than to make none: of 2,000 requests that is enough
// to tell which addresses have an account.
const FIND = `SELECT users.id, users.email, users.locale, users.email_confirmed_at IS NOT NULL AS confirmed
  FROM (SELECT 1) AS one LEFT JOIN users ON users.email = ?`;

/** Finds users by address in a time that does not depend on whether there is one. */
@Injectable()
export class AddresseesRepository {
  constructor(private readonly database: Database) {}

  async find(email: string): Promise<Addressee | null> {
    const [row] = (await this.database.manager.query(FIND, [normalizedEmail(email)])) as Record<
      string,
      unknown
    >[];
    const { id, confirmed } = row!;
    return id === null ? null : { ...(row as unknown as Addressee), confirmed: Boolean(confirmed) };
  }
}
