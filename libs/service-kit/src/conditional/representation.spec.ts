import { describe, expect, it } from 'vitest';
import { pageRepresentation } from './representation.js';

const page = (next?: number, url = '/things?limit=2&after=1', states = ['2-1', '3-1']) =>
  pageRepresentation({ items: [{ id: 2 }, { id: 3 }], states, url, next });

describe('a page of a list', () => {
  it('leads on to the next one with what was asked for', () => {
    expect(page(3).headers).toEqual({ Link: '</things?limit=2&after=3>; rel="next"' });
    expect(page(3, '/things').headers).toEqual({ Link: '</things?after=3>; rel="next"' });
    expect(page().headers).toBeUndefined();
  });

  it('has a weak tag that changes with what is on it and with whether there is more', () => {
    const tags = [page(), page(3), page(3, '/things', ['2-1', '3-2'])].map(({ tag }) => tag);
    expect(new Set(tags).size).toBe(3);
    for (const tag of tags) expect(tag).toMatch(/^W\/"[\w-]{22}"$/);
    expect(page(3, '/things').tag).toBe(tags[1]);
  });
});
