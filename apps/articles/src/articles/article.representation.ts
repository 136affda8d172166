import { hash } from 'node:crypto';
import type { ArticleDto } from '@gatehouse/contracts';
import { strongTag, weakTag } from '../conditional/entity.tag.js';
import type { Representation } from '../conditional/representation.js';
import type { Article } from './article.entity.js';
import type { ArticlePage } from './articles.service.js';

/** For the requester's own cache, which asks each time whether it is still current. */
const CACHE_CONTROL = 'max-age=0, private, must-revalidate';

/** The strong entity tag of an article. The time is in it since a database made anew counts versions from 1 again. */
export function tagOf({ id, version, updatedAt }: Article): string {
  return strongTag(`${id}-${version}-${Date.parse(updatedAt).toString(36)}`);
}

/** One article as the wire carries it. */
export function articleRepresentation(article: Article): Representation<ArticleDto> {
  return { body: dtoOf(article), tag: tagOf(article), headers: { 'Cache-Control': CACHE_CONTROL } };
}

/** An article just made, with where it is. */
export function createdRepresentation(article: Article): Representation<ArticleDto> {
  const { headers, ...representation } = articleRepresentation(article);
  return { ...representation, headers: { ...headers, Location: `/articles/${article.id}` } };
}

/**
 * A page of articles as the wire carries it, with a link to the next one where there is one (RFC 8288).
 *
 * @param url of the request, as it was sent
 */
export function pageRepresentation(
  { articles, more }: ArticlePage,
  url: string,
): Representation<ArticleDto[]> {
  const last = more ? articles.at(-1) : undefined;
  return {
    body: articles.map(dtoOf),
    tag: weakTag(digestOf([...articles.map(stateOf), String(more)])),
    headers: { 'Cache-Control': CACHE_CONTROL, ...(last && { Link: linkToNext(url, last.id) }) },
  };
}

function dtoOf({ id, title, body, createdAt, updatedAt }: Article): ArticleDto {
  return { id, title, body, created_at: createdAt, updated_at: updatedAt };
}

function stateOf({ id, version, updatedAt }: Article): string {
  return `${id}-${version}-${updatedAt}`;
}

function digestOf(states: readonly string[]): string {
  return hash('sha256', states.join(), 'base64url').slice(0, 22);
}

function linkToNext(url: string, last: number): string {
  const [path, search] = url.split('?', 2) as [string, string?];
  const query = new URLSearchParams(search);
  query.set('after', String(last));
  return `<${path}?${query.toString()}>; rel="next"`;
}
