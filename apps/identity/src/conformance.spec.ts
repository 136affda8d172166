import { DEMO_ADMIN_ID, DEMO_READER_ID } from '@gatehouse/contracts';
import { checkConformance, type ConformanceProfile } from '@gatehouse/testing';
import { expect, it } from 'vitest';
import { conformanceIssuer } from './testing/conformance.issuer.js';
import { createIdentityTestApp } from './testing/identity.test-app.js';

const PROFILE: ConformanceProfile = {
  read: { method: 'GET', path: '/me/sessions', scope: 'account', status: 200 },
  unsafe: [
    { method: 'PATCH', path: '/me', scope: 'account', status: 200, fields: { locale: 'de' } },
    { method: 'DELETE', path: '/me/sessions/ses_none', scope: 'account', status: 404 },
  ],
  users: [DEMO_READER_ID, DEMO_ADMIN_ID],
  otherScope: 'articles:read',
  // It is its own issuer: keys and revocations are at hand, and cannot be away.
  without: ['remote-issuer'],
};

it('identity conforms', { timeout: 120_000 }, async () => {
  const app = await createIdentityTestApp();
  const report = await checkConformance({
    profile: PROFILE,
    start: async () => ({ url: app.url, issuer: conformanceIssuer(app), close: () => app.close() }),
  });
  expect(report.failures).toEqual([]);
});
