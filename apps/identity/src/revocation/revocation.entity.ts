import type { RevocationKind } from '@gatehouse/contracts';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/**
 * Something that ended before its time. Rows are added by the transaction that ends it; its place in the feed is
 * given to a row only once it is committed, so that places are in the order in which rows came to be seen.
 */
@Entity('revocations')
export class Revocation {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: number;

  /** Its place in the feed; null until it was numbered. */
  @Column('bigint', { nullable: true, unique: true })
  position!: number | null;

  @Column('varchar', { length: 16 })
  kind!: RevocationKind;

  /** The id of what ended; that of a token made from others holds theirs. */
  @Column('varchar', { name: 'revoked_id', length: 255 })
  revokedId!: string;

  /** NumericDate, with `subject` and `client` alone: tokens issued until then have ended. */
  @Column('bigint', { name: 'issued_until', nullable: true })
  issuedUntil!: number | null;

  /** NumericDate: from then on no token that it concerns can be valid. */
  @Column('bigint', { name: 'expires_at' })
  expiresAt!: number;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;
}
