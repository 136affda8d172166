import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What is worth knowing later, each by a stable word. */
export const AUDIT_EVENT_TYPES = [
  'user.sign_in',
  'user.sign_up',
  'user.confirmation_request',
  'user.confirmation',
  'user.password_reset_request',
  'user.password_reset',
  'user.password_change',
  'user.email_change_request',
  'user.email_change',
  'user.export',
  'user.deletion',
  'user.invitation',
  'user.import',
  'user.disabling',
  'user.enabling',
  'user.role_change',
  'user.locale_change',
  'user.unlocking',
  'user.lock_out',
  'user.password_reset_requirement',
  'users.export',
  'session.end',
  'api_key.creation',
  'api_key.end',
  'client.authentication',
  'client.registration',
  'client.secret',
  'client.change',
  'client.removal',
  'token.client_credentials',
  'token.exchange',
  'token.revocation',
  'key.rotation',
  'key.retirement',
  'mail.failure',
] as const;

/** One of {@link AUDIT_EVENT_TYPES}. */
export type AuditEventType = (typeof AUDIT_EVENT_TYPES)[number];

/** Who did what to whom, when, from where, and whether it worked. Rows are added, never changed. */
@Entity('audit_events')
export class AuditEvent {
  @PrimaryColumn('varchar', { length: 64 })
  id!: string;

  @Column('varchar', { length: 64 })
  type!: AuditEventType;

  @Column('varchar', { length: 16 })
  outcome!: 'success' | 'failure';

  /** Who did it: a user's or a client's id, or `console:` and an operator's name; null when that is not known. */
  @Column('varchar', { name: 'actor_id', length: 64, nullable: true })
  actorId!: string | null;

  /** Whom or what it was done to, by id. */
  @Column('varchar', { name: 'subject_id', length: 64, nullable: true })
  subjectId!: string | null;

  /** What else there is to say: ids, stable words and numbers, neither secrets nor personal data. */
  @Column('simple-json')
  details!: Readonly<Record<string, string | number>>;

  @Column('varchar', { length: 64, nullable: true })
  address!: string | null;

  @Column('varchar', { length: 255, nullable: true })
  device!: string | null;

  @Column('varchar', { name: 'request_id', length: 128, nullable: true })
  requestId!: string | null;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;
}
