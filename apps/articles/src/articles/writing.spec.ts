import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ANOTHER,
  type ArticlesTestApp,
  createArticlesTestApp,
  type TestRequest,
} from '../testing/articles.test-app.js';

interface Answer {
  status: number;
  tag: string | null;
  location: string | null;
  body:
    { id: number; code: string; title: string; body: string; updated_at: string; errors: object } | undefined;
}

describe.each(testDatabases())('writing articles on $name', ({ create }) => {
  let app: ArticlesTestApp;

  beforeAll(async () => {
    app = await createArticlesTestApp(create);
  });
  afterAll(() => app.close());

  const send = async (method: string, path: string, options?: TestRequest): Promise<Answer> => {
    const response = await app.request(method, path, options);
    const text = await response.text();
    return {
      status: response.status,
      tag: response.headers.get('etag'),
      location: response.headers.get('location'),
      body: text === '' ? undefined : (JSON.parse(text) as Answer['body']),
    };
  };
  const write = (body: unknown, as?: object): Promise<Answer> =>
    send('POST', '/articles', { body, ...(as && { as: { ...as } }) });
  const newArticle = async (): Promise<{ path: string; tag: string }> => {
    const { location, tag } = await write({ title: 'a title', body: 'a body' });
    return { path: location!, tag: tag! };
  };

  it('creates an article and tells where it is', async () => {
    const created = await write({ title: 'a title', body: 'a body' });
    expect(created).toMatchObject({
      status: 201,
      location: `/articles/${created.body?.id}`,
      body: { title: 'a title' },
    });
    expect(await send('GET', created.location!)).toMatchObject({
      status: 200,
      tag: created.tag,
      body: created.body!,
    });
  });

  it('takes a body wrapped in article, and leaves aside what it does not know', async () => {
    expect(await write({ article: { title: 'wrapped', body: '', id: 7 }, extra: 1 })).toMatchObject({
      status: 201,
      body: { title: 'wrapped', body: '' },
    });
    expect(await write({ article: 'no object', title: 'bare', body: '' })).toMatchObject({ status: 201 });
  });

  it.each([
    ['emoji', '😀👩‍👩‍👧‍👦', 'héllo ẞ 漢字 \u{1F680}'],
    ['control characters', 'a\u0000b', 'tab\tnewline\r\n\u0001'],
    ['quotes and markup', `'"; DROP TABLE articles; --`, '<script>\\u0000</script>'],
    ['the longest there is', '😀'.repeat(255), 'x'.repeat(65_535)],
    ['many characters of three bytes', 'a', '漢'.repeat(30_000)],
    ['blanks at the ends', '  a  ', ' \n '],
  ])('keeps %s as they are', async (_, title, body) => {
    const { location } = await write({ title, body });
    expect((await send('GET', location!)).body).toMatchObject({ title, body });
  });

  it.each([
    ['no title', { body: '' }, 'title'],
    ['no body', { title: 'a' }, 'body'],
    ['an empty title', { title: '', body: '' }, 'title'],
    ['a title of 256', { title: 'x'.repeat(256), body: '' }, 'title'],
    ['a title with a variation selector too many', { title: `${'x'.repeat(255)}\uFE0F`, body: '' }, 'title'],
    ['a title that is a number', { title: 1, body: '' }, 'title'],
    ['a title that is an object', { title: {}, body: '' }, 'title'],
    ['a body that is null', { title: 'a', body: null }, 'body'],
    ['a body of 65,536', { title: 'a', body: 'x'.repeat(65_536) }, 'body'],
    ['half a surrogate pair', '{"title":"\\ud800","body":""}', 'title'],
    ['a list', [], 'body'],
    ['a string', '"title"', 'body'],
    ['a wrapped list', { article: [] }, 'body'],
  ])('refuses %s with a sentence', async (_, body, field) => {
    expect(await write(body)).toMatchObject({
      status: 400,
      body: { code: 'validation_failed', errors: { [field]: [expect.stringContaining(field)] } },
    });
  });

  it('changes what is given, and the tag with it', async () => {
    const { path, tag } = await newArticle();
    const changed = await send('PATCH', path, { body: { article: { title: 'new' } } });
    expect(changed).toMatchObject({ status: 200, body: { title: 'new', body: 'a body' } });
    expect(changed.tag).not.toBe(tag);
    expect(await send('GET', path)).toMatchObject({ tag: changed.tag, body: changed.body! });
  });

  it('changes nothing when nothing is given', async () => {
    const { path, tag } = await newArticle();
    for (const body of [{}, { article: {} }, { unknown: 1 }, undefined]) {
      expect(await send('PATCH', path, { body })).toMatchObject({ status: 200, tag });
    }
    expect(await send('PATCH', path, { body: { title: null } })).toMatchObject({ status: 400 });
  });

  it('deletes an article, whose id is never given out again', async () => {
    const { path } = await newArticle();
    expect(await send('DELETE', path)).toMatchObject({ status: 204, body: undefined });
    expect(await send('GET', path)).toMatchObject({ status: 404 });
    expect(await send('DELETE', path)).toMatchObject({ status: 404 });
    expect((await newArticle()).path).not.toBe(path);
  });

  it('lets nobody but the author and admins change or delete it', async () => {
    const { path } = await newArticle();
    for (const method of ['PATCH', 'DELETE']) {
      expect(await send(method, path, { as: ANOTHER, body: {} })).toMatchObject({
        status: 403,
        body: { code: 'forbidden' },
      });
    }
    const admin = { sub: 'usr_admin', roles: ['admin'] };
    expect(await send('PATCH', path, { as: admin, body: { title: 'by an admin' } })).toMatchObject({
      status: 200,
    });
    expect(await send('DELETE', path, { as: admin })).toMatchObject({ status: 204 });
  });

  it('takes a service that may write for the author of what it writes', async () => {
    const service = { kind: 'service', sub: 'importer', scope: 'articles:read articles:write' };
    const { location } = await write({ title: 'a', body: '' }, service);
    expect(await send('PATCH', location!, { as: service, body: { title: 'b' } })).toMatchObject({
      status: 200,
    });
    expect(await send('PATCH', location!, { body: { title: 'b' } })).toMatchObject({ status: 403 });
  });

  it('writes only to the state that If-Match names', async () => {
    const { path, tag } = await newArticle();
    const change = (ifMatch: string): Promise<Answer> =>
      send('PATCH', path, { body: { title: 'new' }, headers: { 'if-match': ifMatch } });
    for (const other of ['"other"', `W/${tag}`, tag.slice(1, -1), '', '"a", "b"']) {
      expect(await change(other)).toMatchObject({ status: 412, body: { code: 'precondition_failed' } });
    }
    expect(await change(`"other", ${tag}`)).toMatchObject({ status: 200 });
    expect(await change(tag)).toMatchObject({ status: 412 });
    expect(await change('*')).toMatchObject({ status: 200 });
    expect(await send('DELETE', path, { headers: { 'if-match': tag } })).toMatchObject({ status: 412 });
    expect(await send('DELETE', path, { headers: { 'if-match': '*' } })).toMatchObject({ status: 204 });
    expect(await change('*')).toMatchObject({ status: 404 });
  });

  it('refuses what If-None-Match rules out', async () => {
    const { path, tag } = await newArticle();
    for (const given of ['*', tag]) {
      expect(await send('PATCH', path, { body: {}, headers: { 'if-none-match': given } })).toMatchObject({
        status: 412,
      });
    }
  });

  it('adds to the list only in a state that the conditions allow (RFC 9110 §13.1)', async () => {
    const list = (await send('GET', '/articles')).tag!;
    const add = async (headers: Record<string, string>): Promise<number> =>
      (await send('POST', '/articles', { body: { title: 'a title', body: 'a body' }, headers })).status;
    // The tag of a list is weak, which `If-Match` never takes.
    for (const refused of ['"a"', list]) expect(await add({ 'if-match': refused })).toBe(412);
    for (const refused of ['*', list]) expect(await add({ 'if-none-match': refused })).toBe(412);
    expect((await send('GET', '/articles')).tag).toBe(list);
    expect(await add({ 'if-match': '*' })).toBe(201);
    expect(await add({ 'if-none-match': list })).toBe(201);
  });

  it('lets exactly one of 50 concurrent changes of the same state win', async () => {
    const { path, tag } = await newArticle();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        send('PATCH', path, { body: { title: `${i}` }, headers: { 'if-match': tag } }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200,
      ...Array<number>(49).fill(412),
    ]);
    const winner = answers.find(({ status }) => status === 200)!;
    expect(await send('GET', path)).toMatchObject({ tag: winner.tag, body: winner.body! });
  });

  it('loses none of 50 concurrent changes that are not conditional', async () => {
    const { path } = await newArticle();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => send('PATCH', path, { body: { title: `${i}` } })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ tag }) => tag)).size).toBe(50);
  });

  it('lets exactly one of 50 concurrent deletions win', async () => {
    const { path, tag } = await newArticle();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => send('DELETE', path, { headers: { 'if-match': tag } })),
    );
    const won = answers.filter(({ status }) => status === 204);
    expect(won).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 404 || status === 412)).toHaveLength(49);
  });
});
