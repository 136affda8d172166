import { Column, Entity, IsNull, MoreThan, PrimaryColumn, type FindOptionsWhere } from 'typeorm';

/** What one sign-in opened, on one device. Every token of a user belongs to a session and ends with it. */
@Entity('sessions')
export class Session {
  @PrimaryColumn('varchar', { length: 64 })
  id!: string;

  @Column('varchar', { name: 'user_id', length: 64 })
  userId!: string;

  /** The client, or the door, it was opened at. */
  @Column('varchar', { name: 'client_id', length: 64 })
  clientId!: string;

  /** Scopes its tokens have at most, separated by spaces. */
  @Column('varchar', { length: 1000 })
  scope!: string;

  /** The User-Agent it was opened with. */
  @Column('varchar', { length: 255, nullable: true })
  device!: string | null;

  /** Where the device receives push messages, as older apps send it along; gone when the session ends. */
  @Column('varchar', { name: 'device_token', length: 255, nullable: true })
  deviceToken!: string | null;

  /** The network address it was last used from. */
  @Column('varchar', { length: 64 })
  address!: string;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column('datetime', { name: 'last_used_at', precision: 3 })
  lastUsedAt!: Date;

  /** Moves on with each use. */
  @Column('datetime', { name: 'idle_expires_at', precision: 3 })
  idleExpiresAt!: Date;

  /** Does not move. */
  @Column('datetime', { name: 'expires_at', precision: 3 })
  expiresAt!: Date;

  /** When the last access token issued so far expires: until then its revocation has to be known. */
  @Column('datetime', { name: 'tokens_expire_at', precision: 3 })
  tokensExpireAt!: Date;

  @Column('datetime', { name: 'ended_at', precision: 3, nullable: true })
  endedAt!: Date | null;
}

/** What tells the sessions that live from the others. */
export function live(now = new Date()): FindOptionsWhere<Session> {
  return { endedAt: IsNull(), idleExpiresAt: MoreThan(now), expiresAt: MoreThan(now) };
}
