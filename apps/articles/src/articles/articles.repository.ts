import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Article } from './article.entity.js';

/** What of an article its author decides. */
export type ArticleText = Pick<Article, 'title' | 'body'>;

/** Which article a write concerns; with a version, only while it is at that version. */
export interface ArticleState {
  id: number;
  version?: number;
}

// Statements of its own: to make entities of what they bring takes longer than all the rest of a read.
// As text a time is the same from every driver: `2026-06-04 03:04:25.997`.
const COLUMNS = `id, title, body, author_id AS authorId, version,
  CAST(created_at AS CHAR) AS createdAt, CAST(updated_at AS CHAR) AS updatedAt`;
const SELECT_PAGE = `SELECT ${COLUMNS} FROM articles WHERE id > ? ORDER BY id LIMIT ?`;
const SELECT_ONE = `SELECT ${COLUMNS} FROM articles WHERE id = ?`;

/** Articles in the database. Reads take an optional manager: that of the transaction they belong to. */
@Injectable()
export class ArticlesRepository {
  constructor(private readonly database: Database) {}

  /** At most `limit` articles whose id is greater than `after`, in order of id. */
  async page(after: number, limit: number): Promise<Article[]> {
    const rows = await this.database.manager.query<Article[]>(SELECT_PAGE, [after, limit]);
    return rows.map(articleOf);
  }

  async find(id: number, manager: EntityManager = this.database.manager): Promise<Article | undefined> {
    const [row] = await manager.query<Article[]>(SELECT_ONE, [id]);
    return row && articleOf(row);
  }

  async add(manager: EntityManager, text: ArticleText, authorId: string): Promise<Article> {
    const now = new Date().toISOString();
    const article = manager.create(Article, {
      ...text,
      authorId,
      version: 1,
      createdAt: now,
      updatedAt: now,
    });
    return manager.save(article);
  }

  /** @returns whether there was such an article to change */
  async change(manager: EntityManager, state: ArticleState, text: Partial<ArticleText>): Promise<boolean> {
    const { affected } = await manager.update(
      Article,
      { ...state },
      {
        ...text,
        version: () => 'version + 1',
        updatedAt: new Date().toISOString(),
      },
    );
    return affected === 1;
  }

  /** @returns whether there was such an article to delete */
  async remove(manager: EntityManager, state: ArticleState): Promise<boolean> {
    const { affected } = await manager.delete(Article, { ...state });
    return affected === 1;
  }
}

function articleOf(row: Article): Article {
  return { ...row, createdAt: isoTime(row.createdAt), updatedAt: isoTime(row.updatedAt) };
}

function isoTime(text: string): string {
  return `${text.replace(' ', 'T')}Z`;
}
