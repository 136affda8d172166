import { getMetadataArgsStorage, type EntityManager } from 'typeorm';
import { change, type Row, send } from './statements.js';

interface Column<Entity> {
  readonly property: keyof Entity & string;
  readonly name: string;
  readonly type: unknown;
}

/** Columns in a query, each by a name of its own, and what makes an entity's values of a row. */
export interface Selection<Entity> {
  readonly columns: string;
  read(row: Row): Entity;
}

/**
 * A table as its entity describes it, for statements of hot paths: TypeORM would put one together each time.
 *
 * @example
 * const USERS = new Table(User);
 * const USER = USERS.as('u');
 * const BY_EMAIL = `SELECT ${USER.columns} FROM users u WHERE u.email = ?`;
 */
export class Table<Entity extends object> {
  private readonly columns: readonly Column<Entity>[];
  private readonly insertion: string;
  private readonly places: string;

  constructor(entity: new () => Entity) {
    const storage = getMetadataArgsStorage();
    this.columns = storage.filterColumns(entity).map(({ propertyName, options }) => ({
      property: propertyName as keyof Entity & string,
      name: options.name ?? propertyName,
      type: options.type,
    }));
    const names = this.columns.map(({ name }) => name);
    this.insertion = `INSERT INTO ${storage.filterTables(entity)[0]!.name} (${names.join(', ')}) VALUES `;
    this.places = `(${names.map(() => '?').join(', ')})`;
  }

  /**
   * @param alias of the table in the query
   * @param chosen what is asked for of a row; all of it where nothing is said
   */
  as<Chosen extends keyof Entity & string>(
    alias: string,
    ...chosen: readonly Chosen[]
  ): Selection<Pick<Entity, Chosen>> {
    const names = new Set<string>(chosen);
    const columns = this.columns
      .filter(({ property }) => names.size === 0 || names.has(property))
      .map((column) => ({ ...column, key: `${alias}_${column.name}` }));
    return {
      columns: columns.map(({ name, key }) => `${alias}.${name} AS ${key}`).join(', '),
      read: (row) => {
        const values: Partial<Record<keyof Entity, unknown>> = {};
        for (const { property, type, key } of columns) values[property] = valueOf(type, row[key]);
        return values as Pick<Entity, Chosen>;
      },
    };
  }

  /** Adds a row, or some. @param manager a transaction's */
  async insert(manager: EntityManager, entities: readonly Entity[]): Promise<void> {
    const sql = this.insertion + entities.map(() => this.places).join(', ');
    const values = entities.flatMap((entity) =>
      this.columns.map(({ property, type }) => bindable(type, entity[property])),
    );
    await (entities.length === 1 ? change : send)(manager, sql, values);
  }
}

function valueOf(type: unknown, value: unknown): unknown {
  if (value === null) return null;
  if (type === 'simple-json') return JSON.parse(value as string);
  if (type === 'boolean') return Boolean(value);
  // A text in SQLite.
  return type === 'datetime' && typeof value === 'string' ? new Date(`${value.replace(' ', 'T')}Z`) : value;
}

function bindable(type: unknown, value: unknown): unknown {
  return type === 'simple-json' ? JSON.stringify(value) : (value ?? null);
}
