import { ArticleDto } from '@gatehouse/contracts';
import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';

const headers = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

const notModified = ApiResponse({
  status: 304,
  description: 'It is the one of `If-None-Match`.',
  headers: headers('ETag', 'Link'),
});

/** For OpenAPI: a page of articles, where the next one is, and its weak validator. */
export const ArticlePage = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: 'The `ETag` of the page that is known.',
    }),
    ApiResponse({ status: 200, type: [ArticleDto], headers: headers('ETag', 'Link') }),
    notModified,
  );

/** For OpenAPI: one article, and its strong validator. */
export const OneArticle = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: 'The `ETag` of the article that is known.',
    }),
    ApiResponse({ status: 200, type: ArticleDto, headers: headers('ETag') }),
    notModified,
  );

/** For OpenAPI: an article that has just been made. */
export const NewArticle = (): MethodDecorator =>
  ApiResponse({ status: 201, type: ArticleDto, headers: headers('ETag', 'Location') });

/** For OpenAPI: a write that happens only to the version that the caller has seen. */
export const IfUnchanged = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The strong `ETag` of what is to be changed, or `*`.',
    }),
    ApiResponse({ status: 412, description: 'It has changed since.' }),
  );
