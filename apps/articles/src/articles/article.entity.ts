import { Column, Entity, PrimaryGeneratedColumn, type ValueTransformer } from 'typeorm';

/** Times are text here, as on the wire; the drivers take dates. */
const isoTime: ValueTransformer = {
  to: (text?: string) => text && new Date(text),
  from: (date?: Date) => date?.toISOString(),
};

/** An article as it is kept. */
@Entity('articles')
export class Article {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ length: 255 })
  title!: string;

  @Column({ type: 'text' })
  body!: string;

  /** The `sub` of who wrote it: a user's id, or a client's. */
  @Column({ name: 'author_id', length: 64 })
  authorId!: string;

  /** Counts the changes; the entity tag and the conditional writes go by it. */
  @Column()
  version!: number;

  /** ISO 8601, UTC with milliseconds. */
  @Column({ name: 'created_at', type: 'datetime', precision: 3, transformer: isoTime })
  createdAt!: string;

  /** ISO 8601, UTC with milliseconds. */
  @Column({ name: 'updated_at', type: 'datetime', precision: 3, transformer: isoTime })
  updatedAt!: string;
}
