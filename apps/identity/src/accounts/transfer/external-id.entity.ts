import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an imported user was called where they came from, for whoever moves what refers to them. */
@Entity('external_ids')
export class ExternalId {
  /** As the other application has it. */
  @PrimaryColumn('varchar', { length: 255 })
  id!: string;

  @Column('varchar', { name: 'user_id', length: 64 })
  userId!: string;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;
}
