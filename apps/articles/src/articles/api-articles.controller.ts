import { RequireApiKey, RequireScope } from '@gatehouse/access';
import { type ArticleDto, ArticlePageQuery } from '@gatehouse/contracts';
import { Controller, Get, Query, Req, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { Representation } from '../conditional/representation.js';
import { RepresentationInterceptor } from '../conditional/representation.interceptor.js';
import { pageRepresentation } from './article.representation.js';
import { ArticlesService } from './articles.service.js';
import { ArticlePage } from './article.responses.js';

/** The same list for clients of the Devise + ApiKey recipe, which bring an API key and a token of the same user. */
@ApiBearerAuth('bearer')
@Controller('api/articles')
@UseInterceptors(RepresentationInterceptor)
export class ApiArticlesController {
  constructor(private readonly articles: ArticlesService) {}

  @Get()
  @RequireApiKey()
  @RequireScope('articles:read')
  @ArticlePage()
  async list(
    @Query() query: ArticlePageQuery,
    @Req() { url }: { url: string },
  ): Promise<Representation<ArticleDto[]>> {
    return pageRepresentation(await this.articles.list(query), url);
  }
}
