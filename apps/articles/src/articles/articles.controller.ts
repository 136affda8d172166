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
  Req,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse } from '@nestjs/swagger';
import type { Preconditions } from '../conditional/preconditions.js';
import { RequestPreconditions } from '../conditional/preconditions.decorator.js';
import type { Representation } from '../conditional/representation.js';
import { RepresentationInterceptor } from '../conditional/representation.interceptor.js';
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
@UseInterceptors(RepresentationInterceptor, ArticleEnvelopeInterceptor)
export class ArticlesController {
  constructor(private readonly articles: ArticlesService) {}

  @Get()
  @RequireScope('articles:read')
  @ArticlePage()
  async list(
    @Query() query: ArticlePageQuery,
    @Req() { url }: { url: string },
  ): Promise<Representation<ArticleDto[]>> {
    return pageRepresentation(await this.articles.list(query), url);
  }

  @Get(':id')
  @RequireScope('articles:read')
  @OneArticle()
  async show(@Param() { id }: ArticlePath): Promise<Representation<ArticleDto>> {
    return articleRepresentation(await this.articles.get(id));
  }

  @Post()
  @RequireScope('articles:write')
  @NewArticle()
  async create(
    @Body() draft: CreateArticleDto,
    @CurrentPrincipal() author: Principal,
  ): Promise<Representation<ArticleDto>> {
    return createdRepresentation(await this.articles.create(draft, author));
  }

  @Patch(':id')
  @RequireScope('articles:write')
  @OneArticle()
  @IfUnchanged()
  async change(
    @Param() { id }: ArticlePath,
    @Body() changes: UpdateArticleDto,
    @CurrentPrincipal() by: Principal,
    @RequestPreconditions() preconditions: Preconditions,
  ): Promise<Representation<ArticleDto>> {
    return articleRepresentation(await this.articles.change(id, changes, by, preconditions));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScope('articles:write')
  @ApiNoContentResponse()
  @IfUnchanged()
  async remove(
    @Param() { id }: ArticlePath,
    @CurrentPrincipal() by: Principal,
    @RequestPreconditions() preconditions: Preconditions,
  ): Promise<void> {
    await this.articles.remove(id, by, preconditions);
  }
}
