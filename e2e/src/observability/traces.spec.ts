import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { send } from '../harness/http.js';
import { READER, tokenFor } from '../harness/sign-in.js';
import { type CollectedSpan, type OtlpCollector, startCollector } from './otlp.collector.js';

const [TRACE, CALLER] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];

describe.each(testDatabases())('traces on $name', (kind) => {
  let collector: OtlpCollector;
  let gatehouse: Gatehouse;
  let bearer: string;

  beforeAll(async () => {
    collector = await startCollector();
    gatehouse = await startGatehouse(kind, {
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, CACHE_FRESH: '0s' },
    });
    bearer = await tokenFor(gatehouse.identity, READER);
  });
  afterAll(async () => {
    await gatehouse?.stop();
    await collector?.close();
  });

  const spansOf = (trace: string) => collector.spans.filter(({ traceId }) => traceId === trace);
  const attributesOf = ({ attributes }: CollectedSpan) =>
    Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]));

  it('lead from the caller over consumer and articles to the database', async () => {
    const headers = { traceparent: `00-${TRACE}-${CALLER}-01` };
    const { status } = await send(`${gatehouse.consumer}/articles?limit=2`, { headers, bearer });
    expect(status).toBe(200);
    await expect
      .poll(() => servicesIn(spansOf(TRACE)), { timeout: 10_000 })
      .toEqual(['articles', 'consumer']);
    const find = (service: string, kind: number, parent: string | undefined) =>
      spansOf(TRACE).find(
        (span) => span.service === service && span.kind === kind && span.parentSpanId === parent,
      );
    const served = find('consumer', 2, CALLER);
    const called = find('consumer', 3, served?.spanId);
    const answered = find('articles', 2, called?.spanId);
    const queried = find('articles', 3, answered?.spanId);
    expect([served?.name, called?.name, answered?.name, queried?.name]).toEqual([
      'GET /articles',
      'GET',
      'GET /articles',
      'SELECT articles',
    ]);
    expect(attributesOf(answered!)).toEqual({
      'http.request.method': 'GET',
      'url.scheme': 'http',
      'http.route': '/articles',
      'http.response.status_code': 200,
    });
    expect(attributesOf(queried!)).toEqual({
      'db.system.name': kind.name === 'sqlite' ? 'sqlite' : 'mysql',
      'db.operation.name': 'SELECT',
      'db.collection.name': 'articles',
    });
  });

  it('are in the log, by their id', () => {
    const lines = gatehouse.lines.filter((line) => line.includes(TRACE));
    expect(new Set(lines.map((line) => line.split(' ')[0]))).toEqual(new Set(['articles', 'consumer']));
  });

  it('are left to who asked not to be traced', async () => {
    const unsampled = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
    const headers = { traceparent: `00-${unsampled}-${CALLER}-00` };
    await send(`${gatehouse.consumer}/articles`, { headers, bearer });
    await send(`${gatehouse.consumer}/articles`, {
      headers: { traceparent: `00-${'b'.repeat(32)}-${CALLER}-01` },
    });
    await expect.poll(() => spansOf('b'.repeat(32)).length, { timeout: 10_000 }).toBeGreaterThan(2);
    expect(spansOf(unsampled)).toEqual([]);
  });

  it('have no secret in them, wherever a caller puts it', async () => {
    const planted = 'planted-secret-of-a-trace';
    const headers = { traceparent: `00-${'c'.repeat(32)}-${CALLER}-01`, cookie: `jwt=${planted}` };
    await send(`${gatehouse.articles}/articles/${planted}?token=${planted}`, { headers });
    await send(`${gatehouse.identity}/confirmation?token=${planted}`, { headers });
    await send(`${gatehouse.identity}/user_token`, {
      method: 'POST',
      headers,
      body: { auth: { email: 'somebody@example.com', password: planted } },
    });
    await expect.poll(() => spansOf('c'.repeat(32)).length, { timeout: 10_000 }).toBeGreaterThan(3);
    const told = collector.received.join('\n');
    for (const secret of [planted, bearer, bearer.split('.')[2]!, READER.password, READER.email]) {
      expect(told).not.toContain(secret);
    }
  });
});

function servicesIn(spans: readonly CollectedSpan[]): string[] {
  return [...new Set(spans.map(({ service }) => service))].sort();
}
