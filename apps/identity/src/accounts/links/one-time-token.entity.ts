import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a link in a mail is for. */
export type LinkPurpose = 'confirmation' | 'email_change' | 'password_reset';

/** The secret of a link in a mail, good once and not for long. */
@Entity('one_time_tokens')
export class OneTimeToken {
  /** All that is kept of the token itself. */
  @PrimaryColumn('varchar', { length: 64 })
  digest!: string;

  @Column('varchar', { length: 16 })
  purpose!: LinkPurpose;

  /** An id that nobody has, where nobody was sent it: it was written so that its absence tells nothing. */
  @Column('varchar', { name: 'user_id', length: 64 })
  userId!: string;

  /** The new address, with `email_change` alone. */
  @Column('varchar', { length: 254, nullable: true })
  email!: string | null;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column('datetime', { name: 'expires_at', precision: 3 })
  expiresAt!: Date;
}
