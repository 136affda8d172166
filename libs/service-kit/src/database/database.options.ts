import type { EntitySchema } from 'typeorm';

/** What a service's database holds and where it is. */
export interface DatabaseOptions {
  /** `sqlite:<path>` or `mysql://user:password@host:port/schema`. */
  url: string;
  /** Entity classes. */
  entities: readonly (EntityClass | EntitySchema)[];
  /** Migration classes, oldest first; each runs on SQLite and on MySQL. */
  migrations: readonly EntityClass[];
}

/** A class, as TypeORM takes it. */
// oxlint-disable-next-line typescript/no-unsafe-function-type -- TypeORM's own options say no more
export type EntityClass = Function;
