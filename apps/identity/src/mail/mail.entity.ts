import type { Locale } from '@gatehouse/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MailTemplateName } from './templates/mail.template.js';

/** A mail that is to be sent, was sent, or could not be sent. */
@Entity('mails')
export class Mail {
  @PrimaryColumn('varchar', { length: 64 })
  id!: string;

  @Column('varchar', { length: 64 })
  template!: MailTemplateName;

  @Column('varchar', { length: 16 })
  locale!: Locale;

  /** Null where there is nobody to send it to: it was written so that its absence tells nothing. */
  @Column('varchar', { length: 254, nullable: true })
  recipient!: string | null;

  /** Whose account it is about. */
  @Column('varchar', { name: 'user_id', length: 64, nullable: true })
  userId!: string | null;

  /** The link in it, encrypted: it opens what only the recipient may. */
  @Column('text', { name: 'sealed_link', nullable: true })
  sealedLink!: string | null;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  /** How often sending it was tried. */
  @Column('integer')
  attempts!: number;

  /** When to try next; null once there is nothing left to do. */
  @Column('datetime', { name: 'next_attempt_at', precision: 3, nullable: true })
  nextAttemptAt!: Date | null;

  @Column('datetime', { name: 'sent_at', precision: 3, nullable: true })
  sentAt!: Date | null;

  /** When it was given up. */
  @Column('datetime', { name: 'dead_at', precision: 3, nullable: true })
  deadAt!: Date | null;
}
