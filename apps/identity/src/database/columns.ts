import { TableColumn, type QueryRunner, type TableColumnOptions } from 'typeorm';

type Options = Omit<TableColumnOptions, 'name' | 'type' | 'length'>;

/**
 * Columns that mean the same on SQLite and on MySQL. Texts compare byte by byte: MySQL's default collations would
 * take `jose@…` for `josé@…`, and one digest for another that differs in case.
 */
export class Columns {
  private readonly binary: Pick<TableColumnOptions, 'charset' | 'collation'>;

  constructor(runner: QueryRunner) {
    const onMysql = runner.connection.options.type === 'mysql';
    this.binary = onMysql ? { charset: 'utf8mb4', collation: 'utf8mb4_bin' } : {};
  }

  /** An id of ours, or a reference to one. */
  id(name: string, options: Options = {}): TableColumn {
    return this.text(name, 64, options);
  }

  primaryId(): TableColumn {
    return this.id('id', { isPrimary: true });
  }

  text(name: string, length: number, options: Options = {}): TableColumn {
    return new TableColumn({ name, type: 'varchar', length: String(length), ...this.binary, ...options });
  }

  longText(name: string, options: Options = {}): TableColumn {
    return new TableColumn({ name, type: 'text', ...this.binary, ...options });
  }

  /** UTC with milliseconds. */
  time(name: string, options: Options = {}): TableColumn {
    return new TableColumn({ name, type: 'datetime', precision: 3, ...options });
  }

  flag(name: string): TableColumn {
    return new TableColumn({ name, type: 'boolean' });
  }

  integer(name: string, options: Options = {}): TableColumn {
    return new TableColumn({ name, type: 'integer', ...options });
  }
}
