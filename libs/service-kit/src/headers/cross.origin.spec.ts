import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestService, type TestService } from '../http/test-service.fixture.js';

const APP = 'https://app.example.com';

describe('pages of other origins', () => {
  let open: TestService;
  let closed: TestService;

  beforeAll(async () => {
    open = await startTestService({ CORS_ORIGINS: `${APP}, https://admin.example.com` });
    closed = await startTestService();
  });

  afterAll(() => Promise.all([open.close(), closed.close()]));

  const corsOf = ({ headers }: { headers: Headers }) =>
    Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));
  const preflight = (service: TestService, origin: string, path = '/things') =>
    service.send('OPTIONS', path, { headers: { origin, 'access-control-request-method': 'POST' } });

  it('may do nothing where none is named', async () => {
    const answer = await closed.send('GET', '/things', { headers: { origin: APP } });
    expect([corsOf(answer), answer.headers.get('vary')]).toEqual([{}, null]);
    expect((await preflight(closed, APP)).status).toBe(405);
  });

  it.each(['/things', '/nothing', '/broken'])(
    'may read every answer where theirs is named, with credentials: %s',
    async (path) => {
      const answer = await open.send('GET', path, { headers: { origin: APP } });
      expect(corsOf(answer)).toMatchObject({
        'access-control-allow-origin': APP,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': expect.stringContaining('WWW-Authenticate'),
      });
      expect(answer.headers.get('vary')).toBe('Origin');
    },
  );

  it.each([
    'https://evil.example',
    'null',
    `${APP}.evil.example`,
    `${APP}:8443`,
    'http://app.example.com',
    '*',
  ])('may do nothing where theirs is another one: %s', async (origin) => {
    const answer = await open.send('GET', '/things', { headers: { origin } });
    expect([corsOf(answer), answer.headers.get('vary')]).toEqual([{}, 'Origin']);
    expect((await preflight(open, origin)).status).toBe(405);
  });

  it('are told beforehand which methods an address takes', async () => {
    const answer = await preflight(open, APP);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(corsOf(answer)).toMatchObject({
      'access-control-allow-methods': 'GET, HEAD, POST',
      'access-control-allow-headers': expect.stringContaining('Authorization'),
      'access-control-max-age': '600',
    });
  });

  it('are told from one another by caches, also without an origin', async () => {
    expect((await open.send('GET', '/things')).headers.get('vary')).toBe('Origin');
  });
});
