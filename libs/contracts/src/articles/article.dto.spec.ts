import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { ArticlePageQuery, CreateArticleDto, UpdateArticleDto } from './article.dto.js';

const problems = (Dto: new () => object, plain: object): string[] =>
  validateSync(plainToInstance(Dto, plain)).flatMap((error) => Object.values(error.constraints ?? {}));

describe('CreateArticleDto', () => {
  it.each([
    ['one letter', 'a'],
    ['255 letters', 'a'.repeat(255)],
    ['255 emoji of two code units each', '😀'.repeat(255)],
  ])('takes a title of %s', (_, title) => {
    expect(problems(CreateArticleDto, { title, body: '' })).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['256 letters', 'a'.repeat(256)],
    ['256 emoji', '😀'.repeat(256)],
    ['255 characters and a variation selector', `${'a'.repeat(255)}\uFE0F`],
    ['half a surrogate pair', 'a\uD800'],
    ['a number', 1],
    ['null', null],
    ['a list', ['a']],
  ])('refuses a title of %s in a sentence', (_, title) => {
    expect(problems(CreateArticleDto, { title, body: '' })).toEqual([
      'title must be a text of 1 to 255 characters',
    ]);
  });

  it('takes a body of 65,535 characters and no more', () => {
    expect(problems(CreateArticleDto, { title: 'a', body: 'é'.repeat(65_535) })).toEqual([]);
    expect(problems(CreateArticleDto, { title: 'a', body: 'é'.repeat(65_536) })).toHaveLength(1);
  });
});

describe('UpdateArticleDto', () => {
  it('takes what is there, and nothing at all', () => {
    expect(problems(UpdateArticleDto, {})).toEqual([]);
    expect(problems(UpdateArticleDto, { body: 'new' })).toEqual([]);
  });

  it('does not take null for a member left out', () => {
    expect(problems(UpdateArticleDto, { title: null })).toHaveLength(1);
  });
});

describe('ArticlePageQuery', () => {
  it('is fifty from the start unless told otherwise', () => {
    expect(plainToInstance(ArticlePageQuery, {})).toEqual({ limit: 50 });
    expect(plainToInstance(ArticlePageQuery, { limit: '2', after: '7' })).toEqual({ limit: 2, after: 7 });
  });

  it.each(['0', '101', '-1', '', ' 5', '5 ', '1.5', '1e1', '0x10', '+5', 'ten', ['1', '2']])(
    'refuses a limit of %j',
    (limit) => expect(problems(ArticlePageQuery, { limit })).not.toEqual([]),
  );

  it.each(['-1', '', 'x', '1.5', '9007199254740993', '99999999999999999999', ['1', '2']])(
    'refuses to go on after %j',
    (after) => expect(problems(ArticlePageQuery, { after })).not.toEqual([]),
  );
});
