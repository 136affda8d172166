import { AllowAnonymous, CurrentPrincipal, type Principal } from '@gatehouse/access';
import { type ArticleDto, ArticlePageQuery } from '@gatehouse/contracts';
import type { UpstreamAnswer } from '@gatehouse/identity-client';
import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import { ArticlesService } from './articles.service.js';
import { PassOnInterceptor } from './pass-on.interceptor.js';
import { PassedOnPage } from './article.responses.js';

/** Articles of another service, over HTTP. */
@Controller('articles')
@UseInterceptors(PassOnInterceptor)
export class ArticlesController {
  constructor(private readonly articles: ArticlesService) {}

  @Get()
  @AllowAnonymous()
  @ApiBearerAuth('bearer')
  @PassedOnPage()
  list(
    @Query() query: ArticlePageQuery,
    @CurrentPrincipal() caller: Principal | undefined,
  ): Promise<UpstreamAnswer<ArticleDto[]>> {
    return this.articles.list(query, caller);
  }
}
