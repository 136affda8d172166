import { Module } from '@nestjs/common';
import { ApiArticlesController } from './api-articles.controller.js';
import { ArticlesController } from './articles.controller.js';
import { ArticlesRepository } from './articles.repository.js';
import { ArticlesService } from './articles.service.js';
import { DemoArticles } from './demo.articles.js';

/** Articles: who may read and write them, over HTTP. */
@Module({
  controllers: [ArticlesController, ApiArticlesController],
  providers: [ArticlesRepository, ArticlesService, DemoArticles],
})
export class ArticlesModule {}
