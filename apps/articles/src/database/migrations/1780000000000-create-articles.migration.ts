import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** The table of articles, the same on SQLite and on MySQL. */
export class CreateArticles1780000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const onMysql = runner.connection.options.type === 'mysql';
    const unicode = onMysql ? { charset: 'utf8mb4' } : {};
    await runner.createTable(
      new Table({
        name: 'articles',
        columns: [
          // AUTOINCREMENT on SQLite: without it the id of a deleted last row would be given out again.
          {
            name: 'id',
            type: 'integer',
            isPrimary: true,
            isGenerated: true,
            generationStrategy: 'increment',
          },
          { name: 'title', type: 'varchar', length: '255', ...unicode },
          // MySQL's TEXT ends at 65,535 bytes; a body may have as many characters, of up to four bytes each.
          { name: 'body', type: onMysql ? 'mediumtext' : 'text', ...unicode },
          { name: 'author_id', type: 'varchar', length: '64', ...unicode },
          { name: 'version', type: 'integer' },
          { name: 'created_at', type: 'datetime', precision: 3 },
          { name: 'updated_at', type: 'datetime', precision: 3 },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('articles');
  }
}
