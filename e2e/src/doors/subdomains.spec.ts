import { testDatabases } from '@gatehouse/service-kit/testing';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, startChromium } from '../harness/chromium.js';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { FRONT_END, type OneOrigin, startOneOrigin } from '../harness/one-origin.proxy.js';
import { READER } from '../harness/sign-in.js';
import { callFromPage, readCookies } from './page.scripts.js';

const path = findChromium();

describe.runIf(path)('a session that subdomains share, in Chromium', () => {
  let gatehouse: Gatehouse;
  let origin: OneOrigin;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    const env = { COOKIE_DOMAIN: 'example.test', IDENTITY_PUBLIC_URL: 'http://id.example.test' };
    gatehouse = await startGatehouse(testDatabases()[0]!, { env });
    origin = await startOneOrigin(gatehouse);
    browser = await startChromium(path!);
    context = await browser.newContext();
  });
  afterAll(async () => {
    await browser?.close();
    await origin?.close();
    await gatehouse?.stop();
  });

  const openPage = async (host: string) => {
    const page = await context.newPage();
    await page.goto(`http://${host}:${origin.port}${FRONT_END}`);
    return page;
  };

  it('is made at one, works at another, is unknown elsewhere, and ends at all', async () => {
    const identity = await openPage('id.example.test');
    const signIn = { method: 'POST', url: '/sessions', body: READER, headers: {} };
    expect(await identity.evaluate(callFromPage, signIn)).toMatchObject([200, { result_code: 'success' }]);

    const articles = await openPage('articles.example.test');
    const csrf = new Map(await articles.evaluate(readCookies)).get('XSRF-TOKEN')!;
    const headers = { 'X-CSRF-Token': csrf };
    const body = { title: 'from a subdomain', body: '' };
    const write = { method: 'POST', url: '/articles', body, headers };
    expect(await articles.evaluate(callFromPage, { ...write, headers: {} })).toMatchObject([403, {}]);
    expect(await articles.evaluate(callFromPage, write)).toMatchObject([201, body]);

    const read = { method: 'GET', url: '/articles', body: undefined, headers: {} };
    const elsewhere = await openPage('elsewhere.test');
    expect(await elsewhere.evaluate(callFromPage, read)).toMatchObject([401, {}]);

    const signOut = { method: 'DELETE', url: '/sessions', body: undefined, headers };
    expect(await identity.evaluate(callFromPage, signOut)).toMatchObject([200, { result_code: 'success' }]);
    expect(await context.cookies()).toEqual([]);
    expect(await articles.evaluate(callFromPage, read)).toMatchObject([401, {}]);
  });
});
