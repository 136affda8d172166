import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

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

  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'datetime', precision: 3 })
  updatedAt!: Date;
}
