import { Type } from 'class-transformer';
import {
  IsDefined,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

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
  @IsString()
  @Length(1, 255)
  title!: string;

  @IsString()
  @MaxLength(65_535)
  body!: string;
}

/** The body of `PATCH /articles/:id`; it may also come wrapped in `article`. Members left out stay as they are. */
export class UpdateArticleDto {
  @IsOptional()
  @IsString()
  @Length(1, 255)
  title?: string;

  @IsOptional()
  @IsString()
  @MaxLength(65_535)
  body?: string;
}

/** The query of `GET /articles`. */
export class ArticlePageQuery {
  /** How many articles at most. */
  @IsDefined()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 50;

  /** Only articles whose id is greater. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after?: number;
}
