import type { Locale } from '@gatehouse/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a user may be beside a user. */
export type Role = 'admin';

/** A person with an account. */
@Entity('users')
export class User {
  @PrimaryColumn('varchar', { length: 64 })
  id!: string;

  /** In lower case; unique. */
  @Column('varchar', { length: 254, unique: true })
  email!: string;

  /** Null until a password was set. Never leaves the accounts. */
  @Column('varchar', { name: 'password_digest', length: 255, nullable: true })
  passwordDigest!: string | null;

  /** Made by an admin, or told to by one: only the reset link lets this user in again. */
  @Column('boolean', { name: 'password_reset_required' })
  passwordResetRequired!: boolean;

  @Column('simple-json')
  roles!: Role[];

  @Column('varchar', { length: 16 })
  locale!: Locale;

  @Column('datetime', { name: 'email_confirmed_at', precision: 3, nullable: true })
  emailConfirmedAt!: Date | null;

  @Column('datetime', { name: 'disabled_at', precision: 3, nullable: true })
  disabledAt!: Date | null;

  @Column('datetime', { name: 'last_sign_in_at', precision: 3, nullable: true })
  lastSignInAt!: Date | null;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column('datetime', { name: 'updated_at', precision: 3 })
  updatedAt!: Date;
}

/** Whether the account may be used: it is confirmed, not disabled, and nobody has to set a new password first. */
export function isActive({ emailConfirmedAt, disabledAt, passwordResetRequired }: User): boolean {
  return emailConfirmedAt !== null && disabledAt === null && !passwordResetRequired;
}
