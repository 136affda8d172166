import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The one row that whoever numbers revocations holds meanwhile, so that numbers are given by one at a time. */
@Entity('revocation_feed')
export class FeedPosition {
  @PrimaryColumn('integer')
  id!: number;

  /** Positions up to this one belong to another log, of a database before this one. */
  @Column('bigint')
  origin!: number;

  /** The latest position that was given. */
  @Column('bigint')
  position!: number;
}
