import { CurrentPrincipal, type Principal, RequireScope } from '@gatehouse/access';
import { ArticleDto, ArticlePageQuery, CreateArticleDto, UpdateArticleDto } from '@gatehouse/contracts';
import {
  ChangedResponse,
  ConditionalExchange,
  CreatedResponse,
  Exchange,
  IfUnchanged,
  type Representation,
  TaggedResponse,
} from '@gatehouse/service-kit';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse } from '@nestjs/swagger';
import { ArticleEnvelopeInterceptor } from './article-envelope.interceptor.js';
import { ArticlePath } from './article.path.js';
import { articlePage, articleRepresentation, createdRepresentation } from './article.representation.js';
import { ArticlesService } from './articles.service.js';

/** Articles over HTTP. */
@ApiBearerAuth('bearer')
@Controller('articles')
export class ArticlesController {
  constructor(private readonly articles: ArticlesService) {}

  @Get()
  @RequireScope('articles:read')
  @TaggedResponse([ArticleDto], 'Link')
  async list(
    @Query() query: ArticlePageQuery,
    @Exchange() exchange: ConditionalExchange,
  ): Promise<ArticleDto[] | undefined> {
    return exchange.answer(await this.page(query, exchange));
  }

  @Get(':id')
  @RequireScope('articles:read')
  @TaggedResponse(ArticleDto)
  async show(
    @Param() { id }: ArticlePath,
    @Exchange() exchange: ConditionalExchange,
  ): Promise<ArticleDto | undefined> {
    return exchange.answer(articleRepresentation(await this.articles.get(id)));
  }

  @Post()
  @RequireScope('articles:write')
  @UseInterceptors(ArticleEnvelopeInterceptor)
  @CreatedResponse(ArticleDto)
  async create(
    @Body() draft: CreateArticleDto,
    @CurrentPrincipal() author: Principal,
    @Exchange() exchange: ConditionalExchange,
  ): Promise<ArticleDto | undefined> {
    await exchange.assertMet(() => this.page(new ArticlePageQuery(), exchange));
    return exchange.answer(createdRepresentation(await this.articles.create(draft, author)));
  }

  @Patch(':id')
  @RequireScope('articles:write')
  @UseInterceptors(ArticleEnvelopeInterceptor)
  @ChangedResponse(ArticleDto)
  @IfUnchanged()
  async change(
    @Param() { id }: ArticlePath,
    @Body() changes: UpdateArticleDto,
    @CurrentPrincipal() by: Principal,
    @Exchange() exchange: ConditionalExchange,
  ): Promise<ArticleDto | undefined> {
    const article = await this.articles.change(id, changes, by, exchange.preconditions);
    return exchange.answer(articleRepresentation(article));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScope('articles:write')
  @ApiNoContentResponse()
  @IfUnchanged()
  async remove(
    @Param() { id }: ArticlePath,
    @CurrentPrincipal() by: Principal,
    @Exchange() exchange: ConditionalExchange,
  ): Promise<void> {
    await this.articles.remove(id, by, exchange.preconditions);
  }

  private async page(
    query: ArticlePageQuery,
    { url }: ConditionalExchange,
  ): Promise<Representation<ArticleDto[]>> {
    return articlePage(await this.articles.list(query), url);
  }
}
