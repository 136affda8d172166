import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callFromPage, readCookies } from '../doors/page.scripts.js';
import { findChromium, startChromium } from '../harness/chromium.js';
import { READER } from '../harness/sign-in.js';
import { ORIGIN } from './stack.js';

const path = findChromium();

describe.runIf(path)('a browser at the gateway', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await startChromium(path!);
    page = await (await browser.newContext()).newPage();
    await page.goto(`${ORIGIN}/docs`);
  });
  afterAll(() => browser?.close());

  const call = (method: string, url: string, body?: object, headers: Record<string, string> = {}) =>
    page.evaluate(callFromPage, { method, url, body, headers });

  it('signs in, reads and writes at every service by its cookie, and signs out', async () => {
    expect(await call('POST', '/sessions', READER)).toMatchObject([200, { result_code: 'success' }]);
    const csrf = new Map(await page.evaluate(readCookies)).get('XSRF-TOKEN')!;
    for (const url of ['/current_user', '/me', '/articles', '/consumer/articles'])
      expect([url, (await call('GET', url))[0]]).toEqual([url, 200]);
    const article = { title: 'from a browser', body: '' };
    expect(await call('POST', '/articles', article)).toMatchObject([403, { code: 'csrf_failed' }]);
    expect(await call('POST', '/articles', article, { 'X-CSRF-Token': csrf })).toMatchObject([201, article]);
    expect((await call('DELETE', '/sessions', undefined, { 'X-CSRF-Token': csrf }))[0]).toBe(200);
    expect((await call('GET', '/articles'))[0]).toBe(401);
  });
});
