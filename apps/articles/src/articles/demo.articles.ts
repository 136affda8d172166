import { DEMO_READER_ID } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ArticlesConfig } from '../articles.config.js';
import { Article } from './article.entity.js';

/** The two demo articles: in a database that has no article yet, and only where demo data is wanted. */
@Injectable()
export class DemoArticles implements OnModuleInit {
  constructor(
    private readonly config: ArticlesConfig,
    private readonly database: Database,
  ) {}

  async onModuleInit(): Promise<void> {
    if (this.config.withDemoData) await this.seed();
  }

  /** Whatever is there stays as it is, and what a user deleted stays deleted. */
  async seed(): Promise<void> {
    await this.database.transaction(async (manager) => {
      if (await manager.existsBy(Article, {})) return;
      const now = new Date().toISOString();
      const written = { authorId: DEMO_READER_ID, version: 1, createdAt: now, updatedAt: now };
      const articles = [
        { id: 1, title: 'first article', body: 'first article body', ...written },
        { id: 2, title: 'second article', body: 'second article body', ...written },
      ];
      // With their ids, so that of two replicas that start at once the second inserts nothing.
      await manager.createQueryBuilder().insert().into(Article).values(articles).orIgnore().execute();
    });
  }
}
