import { styleText } from 'node:util';
import { testDatabases } from '@gatehouse/service-kit/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { findChromium, startChromium } from '../harness/chromium.js';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { send } from '../harness/http.js';
import { FRONT_END, type OneOrigin, startOneOrigin } from '../harness/one-origin.proxy.js';
import { READER } from '../harness/sign-in.js';
import { callFromPage, readCookies, sendForm } from './page.scripts.js';

const path = findChromium();
const sqlite = testDatabases()[0]!;
const MISSING =
  'THE COOKIES WERE NOT TRIED IN A REAL BROWSER: there is no Chromium. Install one, or set CHROMIUM.';

it('there is a browser to try the cookies in', () => {
  if (!path) console.error(styleText(['yellow', 'bold'], MISSING, { stream: process.stderr }));
  expect(path !== undefined || process.env['REQUIRE_CHROMIUM'] !== '1').toBe(true);
});

interface Place {
  readonly over: string;
  readonly env: Record<string, string>;
  readonly session: string;
  readonly secure: boolean;
}

/** Over https the real public URL has that scheme; the browser counts this machine's http as secure, too. */
const PLACES: Place[] = [
  { over: 'http', env: {}, session: 'jwt', secure: false },
  {
    over: 'https',
    env: { IDENTITY_PUBLIC_URL: 'https://id.example.com' },
    session: '__Host-jwt',
    secure: true,
  },
];

describe.runIf(path).each(PLACES)('two services behind one origin, in Chromium, $over', (place) => {
  let gatehouse: Gatehouse;
  let origin: OneOrigin;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    gatehouse = await startGatehouse(sqlite, { env: place.env });
    origin = await startOneOrigin(gatehouse);
    browser = await startChromium(path!);
  });
  afterAll(async () => {
    await browser?.close();
    await origin?.close();
    await gatehouse?.stop();
  });
  beforeEach(async () => {
    context = await browser.newContext();
    page = await openPage('localhost');
  });
  afterEach(() => context.close());

  const openPage = async (host: string) => {
    const opened = await context.newPage();
    await opened.goto(`http://${host}:${origin.port}${FRONT_END}`);
    return opened;
  };
  const call = (method: string, url: string, body?: object, headers: Record<string, string> = {}) =>
    page.evaluate(callFromPage, { method, url, body, headers });
  const signIn = () => call('POST', '/sessions', READER);
  const cookieOf = async (name: string) => (await context.cookies()).find((cookie) => cookie.name === name);
  const readable = async () => new Map(await page.evaluate(readCookies));

  it('signs in by a cookie that no script reads, and another that scripts read', async () => {
    expect(await signIn()).toMatchObject([200, { result_code: 'success', data: { email: READER.email } }]);
    expect([...(await readable()).keys()]).toEqual(['XSRF-TOKEN']);
    const common = { domain: 'localhost', path: '/', sameSite: 'Lax', secure: place.secure };
    expect(await cookieOf(place.session)).toMatchObject({ ...common, httpOnly: true });
    expect(await cookieOf('XSRF-TOKEN')).toMatchObject({ ...common, httpOnly: false });
  });

  it('is known at every service, and writes with the CSRF value alone', async () => {
    await signIn();
    const csrf = (await readable()).get('XSRF-TOKEN')!;
    for (const url of ['/articles', '/consumer/articles', '/current_user'])
      expect([url, (await call('GET', url))[0]]).toEqual([url, 200]);
    const article = { title: 'from a page', body: '' };
    expect(await call('POST', '/articles', article)).toMatchObject([403, { code: 'csrf_failed' }]);
    expect(await call('POST', '/articles', article, { 'X-CSRF-Token': 'made-up' })).toMatchObject([
      403,
      { code: 'csrf_failed' },
    ]);
    expect(await call('POST', '/articles', article, { 'X-CSRF-Token': csrf })).toMatchObject([201, article]);
  });

  it('is not lent to pages of another site, which can sign nobody in either', async () => {
    await signIn();
    const before = await context.cookies();
    page = await openPage('127.0.0.1');
    const elsewhere = `http://localhost:${origin.port}`;
    await page.evaluate(sendForm, { url: `${elsewhere}/articles`, fields: { title: 'a', body: 'b' } });
    await page.evaluate(sendForm, { url: `${elsewhere}/sessions`, fields: { ...READER } });
    // Beside them the browser asks for an icon, whenever it likes.
    const posts = () => origin.answers.filter((answer) => answer.startsWith('POST')).slice(-2);
    await expect.poll(posts).toEqual(['POST /articles 401', 'POST /sessions 403']);
    expect(await context.cookies()).toEqual(before);
  });

  it('signs out: the cookies go, and a copy of them is worth nothing at articles', async () => {
    await signIn();
    const [csrf, token] = [(await readable()).get('XSRF-TOKEN')!, (await cookieOf(place.session))!.value];
    expect(await call('DELETE', '/sessions')).toMatchObject([403, { result_code: 'csrf_failed' }]);
    expect(await call('DELETE', '/sessions', undefined, { 'X-CSRF-Token': csrf })).toMatchObject([
      200,
      { result_code: 'success' },
    ]);
    expect(await context.cookies()).toEqual([]);
    expect((await call('GET', '/articles'))[0]).toBe(401);
    const copy = { headers: { cookie: `${place.session}=${token}` } };
    const status = async () => (await send(`${gatehouse.articles}/articles`, copy)).status;
    await expect.poll(status, { timeout: 1_000, interval: 20 }).toBe(401);
  });
});
