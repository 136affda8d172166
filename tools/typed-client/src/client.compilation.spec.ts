import { describe, expect, it } from 'vitest';
import { compileClient } from './client.compilation.ts';

const schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
const DOCUMENT = {
  openapi: '3.0.0',
  info: { title: 'things', version: '1' },
  paths: {
    '/things': {
      get: { responses: { 200: { description: '', content: { 'application/json': { schema } } } } },
    },
  },
};

const program = (path: string, member: string) => `import createClient from 'openapi-fetch';
import type { paths } from './types.js';
const { data } = await createClient<paths>({ baseUrl: 'http://localhost' }).GET('${path}');
export const name: string | undefined = data?.${member};
`;

describe('a typed client', () => {
  it('compiles', async () => {
    expect(await compileClient(DOCUMENT, program('/things', 'name'))).toBe('');
  });

  it.each([
    ['/things', 'colour'],
    ['/nothing', 'name'],
  ])('does not compile where it asks for what the document does not have: %s, %s', async (path, member) => {
    expect(await compileClient(DOCUMENT, program(path, member))).toContain('error TS');
  });
});
