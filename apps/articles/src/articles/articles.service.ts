import { authorize, type Principal } from '@gatehouse/access';
import { NotFound, PreconditionFailed } from '@gatehouse/contracts';
import { Database, type Preconditions } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Article } from './article.entity.js';
import { type ArticleAction, articlePolicy } from './article.policy.js';
import { tagOf } from './article.representation.js';
import { type ArticleState, type ArticleText, ArticlesRepository } from './articles.repository.js';

/** One page of articles. */
export interface ArticlePage {
  articles: Article[];
  /** There are more behind the last one. */
  more: boolean;
}

/** Who may do what to articles, and how. */
@Injectable()
export class ArticlesService {
  constructor(
    private readonly database: Database,
    private readonly repository: ArticlesRepository,
  ) {}

  async list({ limit, after = 0 }: { limit: number; after?: number }): Promise<ArticlePage> {
    const articles = await this.repository.page(after, limit + 1);
    return { articles: articles.slice(0, limit), more: articles.length > limit };
  }

  /** @throws NotFound */
  async get(id: number, manager?: EntityManager): Promise<Article> {
    const article = await this.repository.find(id, manager);
    if (!article) throw noSuch();
    return article;
  }

  create(text: ArticleText, author: Principal): Promise<Article> {
    return this.database.transaction((manager) => this.repository.add(manager, text, author.id));
  }

  /** Members that are absent stay as they are; with none at all nothing changes. */
  change(
    id: number,
    text: Partial<ArticleText>,
    by: Principal,
    preconditions: Preconditions,
  ): Promise<Article> {
    return this.database.transaction(async (manager) => {
      const { article, state } = await this.claim(manager, id, { by, action: 'change', preconditions });
      if (text.title === undefined && text.body === undefined) return article;
      if (!(await this.repository.change(manager, state, text))) throw overtaken(state);
      return this.get(id, manager);
    });
  }

  remove(id: number, by: Principal, preconditions: Preconditions): Promise<void> {
    return this.database.transaction(async (manager) => {
      const { state } = await this.claim(manager, id, { by, action: 'remove', preconditions });
      if (!(await this.repository.remove(manager, state))) throw overtaken(state);
    });
  }

  /** The article, once it is known that it may be written to: 404 comes before 403, and 403 before 412. */
  private async claim(
    manager: EntityManager,
    id: number,
    { by, action, preconditions }: { by: Principal; action: ArticleAction; preconditions: Preconditions },
  ): Promise<{ article: Article; state: ArticleState }> {
    const article = await this.get(id, manager);
    await authorize(articlePolicy, by, action, article);
    preconditions.assertMet(tagOf(article));
    // Another request may write between this look and the write: the write itself has to be conditional as well.
    return { article, state: preconditions.bindState ? { id, version: article.version } : { id } };
  }
}

function noSuch(): NotFound {
  return new NotFound('There is no such article.');
}

function overtaken({ version }: ArticleState): Error {
  return version === undefined ? noSuch() : new PreconditionFailed();
}
