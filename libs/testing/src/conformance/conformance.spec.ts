import { describe, expect, it } from 'vitest';
import { checkConformance } from './conformance.js';
import type { ConformanceProfile } from './conformance.profile.js';
import type { ConformanceReport } from './conformance.report.js';
import { startPlainService } from './plain/plain.service.fixture.js';
import { type Flaw, FLAWS } from './plain/flaws.fixture.js';

const PROFILE: ConformanceProfile = {
  read: { method: 'GET', path: '/orders', scope: 'orders:read', status: 200 },
  unsafe: ['POST', 'PUT', 'DELETE'].map((method) => ({
    method,
    path: '/orders',
    scope: 'orders:write',
    status: method === 'POST' ? 201 : 200,
    ...(method !== 'DELETE' && { fields: { note: 'x' } }),
  })),
};

const reportOf = (flaw?: Flaw, only?: string[]): Promise<ConformanceReport> =>
  checkConformance({
    profile: PROFILE,
    ...(only && { only }),
    start: (settings) => startPlainService(settings, flaw),
  });

// At once, since most of it is waiting.
describe.concurrent('the conformance kit', () => {
  it('passes a guard that somebody else wrote whole', { timeout: 120_000 }, async ({ expect }) => {
    const { failures, results } = await reportOf();
    expect(failures).toEqual([]);
    expect(results.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThanOrEqual(200);
  });

  it.each(FLAWS)('catches a guard with this flaw: %s (%s)', { timeout: 60_000 }, async (flaw, sentence) => {
    const report = await reportOf(flaw, [sentence]);
    expect(report.having('failed').map(({ name }) => name)).toContain(sentence);
  });
});
