import { RequireApiKey, RequireScope } from '@gatehouse/access';
import { type ArticleDto, ArticlePageQuery } from '@gatehouse/contracts';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import { Exchange } from '../conditional/conditional-exchange.decorator.js';
import { ConditionalExchange } from '../conditional/conditional.exchange.js';
import { pageRepresentation } from './article.representation.js';
import { ArticlesService } from './articles.service.js';
import { ArticlePage } from './article.responses.js';

/** The same list for clients of the Devise + ApiKey recipe, which bring an API key and a token of the same user. */
@ApiBearerAuth('bearer')
@Controller('api/articles')
export class ApiArticlesController {
  constructor(private readonly articles: ArticlesService) {}

  @Get()
  @RequireApiKey()
  @RequireScope('articles:read')
  @ArticlePage()
  async list(
    @Query() query: ArticlePageQuery,
    @Exchange() exchange: ConditionalExchange,
  ): Promise<ArticleDto[] | undefined> {
    return exchange.answer(pageRepresentation(await this.articles.list(query), exchange.url));
  }
}
