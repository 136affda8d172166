import { IsInt, IsISO8601, IsString } from 'class-validator';
import { NumberedPageQuery } from '../pages/page.query.js';
import { Characters } from '../validation/characters.decorator.js';
import { IfPresent } from '../validation/if-present.decorator.js';

/** An article as the wire carries it. */
export class ArticleDto {
  @IsInt()
  id!: number;

  @IsString()
  title!: string;

  @IsString()
  body!: string;

  /** UTC with milliseconds. */
  @IsISO8601()
  created_at!: string;

  /** UTC with milliseconds. */
  @IsISO8601()
  updated_at!: string;
}

/** The body of `POST /articles`; it may also come wrapped in `article`. */
export class CreateArticleDto {
  @Characters(1, 255)
  title!: string;

  @Characters(0, 65_535)
  body!: string;
}

/** The body of `PATCH /articles/:id`; it may also come wrapped in `article`. Members left out stay as they are. */
export class UpdateArticleDto {
  @IfPresent()
  @Characters(1, 255)
  title?: string;

  @IfPresent()
  @Characters(0, 65_535)
  body?: string;
}

/** The query of `GET /articles`. */
export class ArticlePageQuery extends NumberedPageQuery {}
