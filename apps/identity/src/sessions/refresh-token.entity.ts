import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One refresh token of a session. Spent ones stay as long as the session, so that their reuse is noticed. */
@Entity('refresh_tokens')
export class RefreshToken {
  /** All that is kept of the token itself. */
  @PrimaryColumn('varchar', { length: 64 })
  digest!: string;

  @Column('varchar', { name: 'session_id', length: 64 })
  sessionId!: string;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  /** When it was exchanged for its successor; null while it is the latest. */
  @Column('datetime', { name: 'spent_at', precision: 3, nullable: true })
  spentAt!: Date | null;
}
