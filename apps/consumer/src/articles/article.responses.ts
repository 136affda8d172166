import { ArticleDto } from '@gatehouse/contracts';
import { TaggedResponse } from '@gatehouse/service-kit';
import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';

/** For OpenAPI: a page of articles as the other service gave it, now or a moment ago, or why there is none. */
export const PassedOnPage = (): MethodDecorator =>
  applyDecorators(
    TaggedResponse([ArticleDto], 'Age', 'Cache-Status', 'Link', 'Vary'),
    ApiResponse({ status: 404, description: 'There is no such thing, says the other service.' }),
    ApiResponse({ status: 429, description: 'There were too many attempts.' }),
    ApiResponse({ status: 502, description: 'The other service failed.' }),
    ApiResponse({ status: 504, description: 'The other service was too slow.' }),
  );
