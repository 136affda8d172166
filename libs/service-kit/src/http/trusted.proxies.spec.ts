import { afterEach, describe, expect, it } from 'vitest';
import { startTestService, type TestService } from './test-service.fixture.js';

describe('the address of a caller', () => {
  let service: TestService;

  afterEach(() => service.close());

  const seen = async (env: Record<string, string>, forwarded: string) => {
    service = await startTestService(env);
    return (await service.send('GET', '/address', { headers: { 'x-forwarded-for': forwarded } })).text;
  };

  it('is that of the connection, whatever the caller claims', async () => {
    expect(await seen({}, '203.0.113.7')).toBe('127.0.0.1');
  });

  it('is what a proxy tells that is trusted', async () => {
    expect(await seen({ TRUST_PROXY: '127.0.0.0/8' }, '203.0.113.7')).toBe('203.0.113.7');
  });

  it('is the last one that no trusted proxy wrote', async () => {
    expect(await seen({ TRUST_PROXY: 'loopback,10.0.0.1' }, '198.51.100.1, 203.0.113.7, 10.0.0.1')).toBe(
      '203.0.113.7',
    );
  });

  it('is not what a stranger tells', async () => {
    expect(await seen({ TRUST_PROXY: '10.0.0.0/8' }, '203.0.113.7')).toBe('127.0.0.1');
  });
});
