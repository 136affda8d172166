import { CurrentPrincipal, type Principal, RequireScope } from '@gatehouse/access';
import { type ArticleDto, ArticlePageQuery, CreateArticleDto, UpdateArticleDto } from '@gatehouse/contracts';
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
import { Exchange } from '../conditional/conditional-exchange.decorator.js';
import { ConditionalExchange } from '../conditional/conditional.exchange.js';
import { ArticleEnvelopeInterceptor } from './article-envelope.interceptor.js';
import { ArticlePath } from './article.path.js';
import {
  articleRepresentation,
  createdRepresentation,
  pageRepresentation,
} from './article.representation.js';
import { ArticlesService } from './articles.service.js';
import { ArticlePage, IfUnchanged, NewArticle, OneArticle } from './article.responses.js';

/** Articles over HTTP. */
@ApiBearerAuth('bearer')
@Controller('articles')
export class ArticlesController {
  constructor(private readonly articles: ArticlesService) {}

  @Get()
  @RequireScope('articles:read')
  @ArticlePage()
  async list(
    @Query() query: ArticlePageQuery,
    @Exchange() exchange: ConditionalExchange,
  ): Promise<ArticleDto[] | undefined> {
    return exchange.answer(pageRepresentation(await this.articles.list(query), exchange.url));
  }

  @Get(':id')
  @RequireScope('articles:read')
  @OneArticle()
  async show(
    @Param() { id }: ArticlePath,
    @Exchange() exchange: ConditionalExchange,
  ): Promise<ArticleDto | undefined> {
    return exchange.answer(articleRepresentation(await this.articles.get(id)));
  }

  @Post()
  @RequireScope('articles:write')
  @UseInterceptors(ArticleEnvelopeInterceptor)
  @NewArticle()
  async create(
    @Body() draft: CreateArticleDto,
    @CurrentPrincipal() author: Principal,
    @Exchange() exchange: ConditionalExchange,
  ): Promise<ArticleDto | undefined> {
    return exchange.answer(createdRepresentation(await this.articles.create(draft, author)));
  }

  @Patch(':id')
  @RequireScope('articles:write')
  @UseInterceptors(ArticleEnvelopeInterceptor)
  @OneArticle()
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
}
