import { testDatabases } from '@gatehouse/service-kit/testing';
import { compileClient } from '@gatehouse/typed-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { send } from '../harness/http.js';

const HEAD = `import createClient from 'openapi-fetch';
import type { paths } from './types.js';
const client = createClient<paths>({ baseUrl: 'http://localhost' });
`;

/** Each asks and looks into the answer, so that bodies on both ways are checked. */
const PROGRAMS = {
  identity: `const { data, error } = await client.POST('/user_token', { body: { auth: { email: '', password: '' } } });
export const answer: [string | undefined, string | undefined] = [data?.jwt, error?.detail];
const { data: me } = await client.GET('/me');
export const address: string | undefined = me?.email;
`,
  articles: `const { data } = await client.GET('/articles', { params: { query: { limit: 10 } } });
export const titles: string[] | undefined = data?.map(({ title }) => title);
const { data: made } = await client.POST('/articles', { body: { title: '', body: '' } });
export const id: number | undefined = made?.id;
`,
  consumer: `const { data, error } = await client.GET('/articles');
export const first: [string | undefined, string | undefined] = [data?.[0]?.title, error?.detail];
`,
};

describe('a typed client', () => {
  let gatehouse: Gatehouse;

  beforeAll(async () => {
    gatehouse = await startGatehouse(testDatabases()[0]!);
  });
  afterAll(() => gatehouse?.stop());

  it.each(['identity', 'articles', 'consumer'] as const)('of %s compiles', async (service) => {
    const document = (await send(`${gatehouse[service]}/openapi.json`)).json();
    expect(await compileClient(document, HEAD + PROGRAMS[service])).toBe('');
  });
});
