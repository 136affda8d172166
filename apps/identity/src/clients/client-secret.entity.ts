import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One secret of a client. While it is being changed, two are valid. */
@Entity('client_secrets')
export class ClientSecret {
  @PrimaryColumn('varchar', { length: 64 })
  id!: string;

  @Column('varchar', { name: 'client_id', length: 64 })
  clientId!: string;

  @Column('varchar', { length: 64 })
  digest!: string;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  /** Null until a newer one was made. */
  @Column('datetime', { name: 'expires_at', precision: 3, nullable: true })
  expiresAt!: Date | null;
}
