import { hash } from 'node:crypto';
import { weakTag } from './entity.tag.js';

/** What a handler answers with, where the answer has an entity tag: see {@link ConditionalExchange}. */
export interface Representation<T> {
  body: T;
  /** Becomes the `ETag`. */
  tag: string;
  headers?: Readonly<Record<string, string>>;
}

/** A page of a list. */
export interface ListPage<T> {
  /** What is on it, as the wire carries it. */
  items: T[];
  /** For each of them a text that is another one whenever it has changed. */
  states: readonly string[];
  /** Of the request, as it was sent. */
  url: string;
  /** The id after which the next page begins; undefined where this is the last one. */
  next: number | undefined;
}

/** A page as the wire carries it, with a link to the next one where there is one (RFC 8288). */
export function pageRepresentation<T>({ items, states, url, next }: ListPage<T>): Representation<T[]> {
  return {
    body: items,
    tag: weakTag(hash('sha256', [...states, next !== undefined].join(), 'base64url').slice(0, 22)),
    ...(next !== undefined && { headers: { Link: linkToNext(url, next) } }),
  };
}

/**
 * The `Link` to the page after one that is answered (RFC 8288).
 *
 * @param url of the request, as it was sent: all else that it asks for stays
 * @param last the id of the last entry of the page that is answered
 * @example
 * linkToNext('/orders?limit=2', 7); // '</orders?limit=2&after=7>; rel="next"'
 */
export function linkToNext(url: string, last: number | string): string {
  const [path, search] = url.split('?', 2) as [string, string?];
  const query = new URLSearchParams(search);
  query.set('after', String(last));
  return `<${path}?${query.toString()}>; rel="next"`;
}
