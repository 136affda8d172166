import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestService, type TestService } from '../http/test-service.fixture.js';
import { Readiness } from './readiness.js';

describe('the health of a service', () => {
  let service: TestService;
  let database = true;

  beforeAll(async () => {
    service = await startTestService();
    service.get(Readiness).register('database', () => database);
  });

  afterAll(() => service.close());

  const refused = { 'x-refuse': 'everyone' };

  it('is alive, whoever asks and whatever is away', async () => {
    database = false;
    const { status, json, headers } = await service.send('GET', '/health/live', { headers: refused });
    expect([status, json]).toEqual([200, { status: 'alive' }]);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('is ready while what it needs is there', async () => {
    database = true;
    const { status, json } = await service.send('GET', '/health/ready', { headers: refused });
    expect([status, json]).toEqual([200, { status: 'ready', checks: { accepting: true, database: true } }]);
    expect((await service.send('HEAD', '/health/ready')).status).toBe(200);
  });

  it('is not ready while something is away, and says what', async () => {
    database = false;
    const { status, headers, json } = await service.send('GET', '/health/ready');
    expect([status, headers.get('retry-after'), headers.get('cache-control')]).toEqual([
      503,
      '1',
      'no-store',
    ]);
    expect(json).toMatchObject({ code: 'unavailable', detail: 'Not ready: database.' });
  });

  it('is not ready any more while it drains, and closes its connections', async () => {
    database = true;
    service.get(Readiness).drain();
    const { status, headers, json } = await service.send('GET', '/health/ready');
    expect([status, headers.get('connection')]).toEqual([503, 'close']);
    expect(json).toMatchObject({ detail: 'Not ready: accepting.' });
    expect((await service.send('GET', '/things')).headers.get('connection')).toBe('close');
  });
});
