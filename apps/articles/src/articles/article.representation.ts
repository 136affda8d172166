import type { ArticleDto } from '@gatehouse/contracts';
import { pageRepresentation, type Representation, strongTag } from '@gatehouse/service-kit';
import type { Article } from './article.entity.js';
import type { ArticlePage } from './articles.service.js';

/** The strong entity tag of an article. The time is in it since a database made anew counts versions from 1 again. */
export function tagOf({ id, version, updatedAt }: Article): string {
  return strongTag(`${id}-${version}-${Date.parse(updatedAt).toString(36)}`);
}

/** One article as the wire carries it. */
export function articleRepresentation(article: Article): Representation<ArticleDto> {
  return { body: dtoOf(article), tag: tagOf(article) };
}

/** An article just made, with where it is. */
export function createdRepresentation(article: Article): Representation<ArticleDto> {
  return { ...articleRepresentation(article), headers: { Location: `/articles/${article.id}` } };
}

/** @param url of the request, as it was sent */
export function articlePage({ articles, more }: ArticlePage, url: string): Representation<ArticleDto[]> {
  return pageRepresentation({
    items: articles.map(dtoOf),
    states: articles.map(stateOf),
    url,
    next: more ? articles.at(-1)?.id : undefined,
  });
}

function dtoOf({ id, title, body, createdAt, updatedAt }: Article): ArticleDto {
  return { id, title, body, created_at: createdAt, updated_at: updatedAt };
}

function stateOf({ id, version, updatedAt }: Article): string {
  return `${id}-${version}-${updatedAt}`;
}
