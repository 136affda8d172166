import { Counter } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestService, type TestService } from '../http/test-service.fixture.js';
import { Metrics } from './metrics.js';

describe('the metrics of a service', () => {
  let service: TestService;
  let other: TestService;

  beforeAll(async () => {
    [service, other] = await Promise.all([startTestService(), startTestService()]);
  });

  afterAll(() => Promise.all([service.close(), other.close()]));

  const metrics = async (from = service) =>
    (await from.send('GET', '/metrics', { headers: { 'x-refuse': 'x' } })).text;

  it('count requests by method, route and status, and by nothing that a caller makes up', async () => {
    await service.send('GET', '/things/42');
    await service.send('GET', '/things/43?token=tell-nobody');
    await service.send('GET', '/made-up');
    const text = await metrics();
    expect(text).toContain(
      'http_request_duration_seconds_count{method="GET",route="/things/:id",status="200"} 2',
    );
    expect(text).toContain('http_request_duration_seconds_count{method="GET",route="none",status="404"} 1');
    expect(text).not.toMatch(/made-up|tell-nobody/);
  });

  it('are of one service alone, but for what a process has in common', async () => {
    const text = await metrics(other);
    expect(text).not.toContain('route="/things/:id"');
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
  });

  it('are in the format of Prometheus, with what others add to them', async () => {
    const { registry } = service.get(Metrics);
    let forks = 1;
    service.get(Metrics).gauge('forks', 'Forks.', () => forks);
    forks = 7;
    new Counter({ name: 'spoons_total', help: 'Spoons.', registers: [registry] }).inc(3);
    const { headers, text } = await service.send('GET', '/metrics');
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(text).toMatch(/^spoons_total 3$/m);
    expect(text).toMatch(/^forks 7$/m);
    expect(
      text.split('\n').filter((line) => line && !/^(#|[a-z0-9_]+(\{.*\})? [-+.\dNaInfe]+$)/.test(line)),
    ).toEqual([]);
  });
});
