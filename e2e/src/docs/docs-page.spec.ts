import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { ROOT } from '@gatehouse/workspace';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, startChromium } from '../harness/chromium.js';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';

const path = findChromium();
const required = process.env['REQUIRE_CHROMIUM'] === '1';
/** Where a person looks at what the browser saw. */
const ARTEFACTS = join(ROOT, 'e2e/artefacts');

describe.runIf(path !== undefined || required)('the page of documents in a real browser', () => {
  let gatehouse: Gatehouse;
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(ARTEFACTS, { recursive: true });
    browser = await startChromium(path!);
    gatehouse = await startGatehouse(testDatabases()[0]!);
  });
  afterAll(async () => {
    await browser?.close();
    await gatehouse?.stop();
  });

  it.each(['identity', 'articles', 'consumer'] as const)(
    'shows the operations of %s, and breaks no policy',
    async (service) => {
      const page = await browser.newPage({ viewport: { width: 1_280, height: 1_600 } });
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
      await page.goto(`${gatehouse[service]}/docs`);
      const operations = page.locator('.opblock-summary');
      await operations.first().waitFor();
      await operations.first().click();
      await page.locator('.responses-inner').first().waitFor();
      await page.screenshot({ path: join(ARTEFACTS, `docs-${service}.png`) });
      expect(await operations.count()).toBeGreaterThan(3);
      expect(complaints).toEqual([]);
      await page.close();
    },
  );
});
