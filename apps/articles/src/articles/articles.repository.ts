import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { type EntityManager, MoreThan } from 'typeorm';
import { Article } from './article.entity.js';

/** What of an article its author decides. */
export type ArticleText = Pick<Article, 'title' | 'body'>;

/** Which article a write concerns; with a version, only while it is at that version. */
export interface ArticleState {
  id: number;
  version?: number;
}

/** Articles in the database. Reads take an optional manager: that of the transaction they belong to. */
@Injectable()
export class ArticlesRepository {
  constructor(private readonly database: Database) {}

  /** At most `limit` articles whose id is greater than `after`, in order of id. */
  page(after: number, limit: number): Promise<Article[]> {
    return this.database.manager.find(Article, {
      where: { id: MoreThan(after) },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  async find(id: number, manager: EntityManager = this.database.manager): Promise<Article | undefined> {
    return (await manager.findOneBy(Article, { id })) ?? undefined;
  }

  async add(manager: EntityManager, text: ArticleText, authorId: string): Promise<Article> {
    const now = new Date();
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
        updatedAt: new Date(),
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
