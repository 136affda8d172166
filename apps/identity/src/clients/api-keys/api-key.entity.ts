import type { Scope } from '@gatehouse/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a user gives to a program that acts for the user. Services have it exchanged for short access tokens. */
@Entity('api_keys')
export class ApiKey {
  @PrimaryColumn('varchar', { length: 64 })
  id!: string;

  @Column('varchar', { name: 'user_id', length: 64 })
  userId!: string;

  /** What its owner knows it by. */
  @Column('varchar', { length: 100 })
  name!: string;

  /** How the key begins, to be recognised by. */
  @Column('varchar', { length: 16 })
  prefix!: string;

  /** All that is kept of the key itself. */
  @Column('varchar', { length: 64, unique: true })
  digest!: string;

  /** What its tokens may do at most, as long as the user may. */
  @Column('simple-json')
  scopes!: Scope[];

  /**
   * The `sid` of its tokens, so that they end wherever they have got to: every guard looks for that. Tokens of
   * another `sid` are given from when those so far had to end, and the key goes on.
   */
  @Column('varchar', { length: 64, unique: true })
  sid!: string;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  /** When it was last exchanged. */
  @Column('datetime', { name: 'last_used_at', precision: 3, nullable: true })
  lastUsedAt!: Date | null;

  /** Null where it does not expire. */
  @Column('datetime', { name: 'expires_at', precision: 3, nullable: true })
  expiresAt!: Date | null;

  @Column('datetime', { name: 'ended_at', precision: 3, nullable: true })
  endedAt!: Date | null;
}
