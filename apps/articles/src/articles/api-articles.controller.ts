import { RequireApiKey, RequireScope } from '@gatehouse/access';
import { ArticleDto, ArticlePageQuery } from '@gatehouse/contracts';
import { ConditionalExchange, Exchange, TaggedResponse } from '@gatehouse/service-kit';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import { articlePage } from './article.representation.js';
import { ArticlesService } from './articles.service.js';

/** The same list for clients of the Devise + ApiKey recipe, which bring an API key and a token of the same user. */
@ApiBearerAuth('bearer')
@Controller('api/articles')
export class ApiArticlesController {
  constructor(private readonly articles: ArticlesService) {}

  @Get()
  @RequireApiKey()
  @RequireScope('articles:read')
  @TaggedResponse([ArticleDto], 'Link')
  async list(
    @Query() query: ArticlePageQuery,
    @Exchange() exchange: ConditionalExchange,
  ): Promise<ArticleDto[] | undefined> {
    return exchange.answer(articlePage(await this.articles.list(query), exchange.url));
  }
}
