import { Module } from '@nestjs/common';
import { ArticlesController } from './articles.controller.js';
import { ArticlesRepository } from './articles.repository.js';
import { ArticlesService } from './articles.service.js';
import { DemoArticles } from './demo.articles.js';

/** Articles: who may read and write them, over HTTP. */
@Module({
  controllers: [ArticlesController],
  providers: [ArticlesRepository, ArticlesService, DemoArticles],
})
export class ArticlesModule {}
