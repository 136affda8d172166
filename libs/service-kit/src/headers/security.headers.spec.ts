import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestService, type TestService } from '../http/test-service.fixture.js';
import { securityHeaders } from './security.headers.js';

const EVERYWHERE = {
  'content-security-policy': "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

describe('the security headers', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
  });

  afterAll(() => service.close());

  it.each([
    ['GET', '/things'],
    ['GET', '/nothing'],
    ['PUT', '/things'],
    ['GET', '/broken'],
    ['GET', '/%zz'],
    ['GET', `/things/${'x'.repeat(3_000)}`],
    ['GET', '/health/live'],
    ['GET', '/metrics'],
    ['GET', '/openapi.json'],
    ['GET', '/door/broken'],
  ])('are on every answer: %s %.20s', async (method, path) => {
    const { headers } = await service.send(method, path);
    expect(Object.fromEntries(headers)).toMatchObject(EVERYWHERE);
  });

  it('are on what is no HTTP at all', async () => {
    const answer = await service.sendRaw('GARBAGE\r\n\r\n');
    for (const [name, value] of Object.entries(EVERYWHERE)) expect(answer).toContain(`${name}: ${value}`);
  });

  it('name no framework', async () => {
    const { headers } = await service.send('GET', '/things');
    expect([headers.get('x-powered-by'), headers.get('server')]).toEqual([null, null]);
  });

  it('hold browsers to https where that is how the service is called', () => {
    const hsts = (url: string) => new Map(securityHeaders(url)).get('strict-transport-security');
    expect(hsts('https://id.example.com')).toBe('max-age=31536000; includeSubDomains');
    expect(hsts('http://localhost:3000')).toBeUndefined();
  });

  it('let the page of documents use its own files, and nothing that is unsafe', async () => {
    const policy = (await service.send('GET', '/docs')).headers.get('content-security-policy')!;
    expect(policy).toContain("script-src 'self';");
    expect(policy).toMatch(/style-src 'self' 'sha256-[^']+'/);
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/);
  });
});
