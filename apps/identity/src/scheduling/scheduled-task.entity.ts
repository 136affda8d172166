import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whose turn it is to do what is done again and again. */
@Entity('scheduled_tasks')
export class ScheduledTask {
  @PrimaryColumn('varchar', { length: 64 })
  name!: string;

  /** The replica that does it, or has done it last. */
  @Column('varchar', { length: 64 })
  holder!: string;

  /** When another one may take its turn: a replica that dies keeps nobody waiting for longer. */
  @Column('datetime', { name: 'free_at', precision: 3 })
  freeAt!: Date;
}
