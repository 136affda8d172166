import type { Scope } from '@gatehouse/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A service that may ask for tokens. */
@Entity('clients')
export class Client {
  /** A name such as `consumer`; without underscore, so that it never equals a user's id. */
  @PrimaryColumn('varchar', { length: 64 })
  id!: string;

  /** What its own tokens may do at most. */
  @Column('simple-json')
  scopes!: Scope[];

  /** Whom it may have tokens for, beside the default audience. */
  @Column('simple-json')
  audiences!: string[];

  @Column('datetime', { name: 'disabled_at', precision: 3, nullable: true })
  disabledAt!: Date | null;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column('datetime', { name: 'updated_at', precision: 3 })
  updatedAt!: Date;
}
