import type { webcrypto } from 'node:crypto';
import type { SignatureAlgorithm } from '@gatehouse/tokens';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * One generation of the signing key. It is published from the start, signs from `activatesAt` until the next
 * generation does, and stays published until `expiresAt`, when the last token it signed has expired.
 */
@Entity('signing_keys')
export class SigningKey {
  /** The thumbprint of the public key (RFC 7638). */
  @PrimaryColumn('varchar', { length: 64 })
  kid!: string;

  /** Unique: of two replicas that make the same generation, one wins. */
  @Column('integer', { unique: true })
  generation!: number;

  @Column('varchar', { length: 16 })
  algorithm!: SignatureAlgorithm;

  @Column('simple-json', { name: 'public_jwk' })
  publicJwk!: webcrypto.JsonWebKey;

  @Column('text', { name: 'sealed_private_key' })
  sealedPrivateKey!: string;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  /** Null while it waits as the next one. */
  @Column('datetime', { name: 'activates_at', precision: 3, nullable: true })
  activatesAt!: Date | null;

  /** Null until its successor is chosen to sign. */
  @Column('datetime', { name: 'expires_at', precision: 3, nullable: true })
  expiresAt!: Date | null;

  /** Set when it was withdrawn in an emergency: nothing it signed is valid any more. */
  @Column('datetime', { name: 'retired_at', precision: 3, nullable: true })
  retiredAt!: Date | null;
}
