import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { ROOT } from '@gatehouse/workspace';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foreign } from '../harness/forged.js';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { send } from '../harness/http.js';
import { grant, READER, signIn, tokenFor } from '../harness/sign-in.js';
import { type Exposition, exposedBy } from './exposition.js';
import { parseQuery } from './promql.js';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Dashboard {
  panels: { title: string; targets: { expr: string }[] }[];
}
interface Alerts {
  groups: { rules: { alert: string; expr: string }[] }[];
}

/** What Prometheus adds by itself, and what a histogram has. */
const GIVEN_LABELS = ['job', 'instance', 'le'];
/** Nothing has been sent yet where a test looks. */
const WITHOUT_SERIES = ['identity_mails_total', 'identity_purged_rows_total'];

describe('the metrics', () => {
  let gatehouse: Gatehouse;
  let exposed: Exposition;
  const services = () => [gatehouse.identity, gatehouse.articles, gatehouse.consumer];

  beforeAll(async () => {
    gatehouse = await startGatehouse(testDatabases()[0]!);
    const bearer = await tokenFor(gatehouse.identity, READER);
    await signIn(gatehouse.identity, READER);
    await grant(gatehouse.identity, { grant_type: 'refresh_token', refresh_token: 'none' });
    for (const credential of [bearer, foreign(bearer)]) {
      await send(`${gatehouse.consumer}/articles`, { bearer: credential });
    }
    exposed = await exposedBy(...services());
  });
  afterAll(() => gatehouse?.stop());

  const flawsOf = (text: string) => {
    const { metrics, labels } = parseQuery(text.replaceAll('$job', 'articles'));
    const known = metrics.flatMap((name) => exposed.get(name) ?? []);
    const unknown = metrics.filter((name) => !exposed.has(name));
    const has = (label: string) => known.some((metric) => metric.labels.has(label));
    const excused = known.some(({ name }) => WITHOUT_SERIES.includes(name));
    const strange = labels.filter((label) => !GIVEN_LABELS.includes(label) && !has(label) && !excused);
    return [...(metrics.length > 0 ? [] : ['asks for nothing']), ...unknown, ...strange];
  };

  it('have what each panel of the dashboard asks for, by name and label', () => {
    const { panels } = JSON.parse(read('deploy/observability/gatehouse.dashboard.json')) as Dashboard;
    expect(panels.length).toBeGreaterThan(10);
    const flaws = panels.flatMap(({ title, targets }) =>
      targets.flatMap(({ expr }) => flawsOf(expr).map((flaw) => [title, flaw])),
    );
    expect(flaws).toEqual([]);
  });

  it('have what each alert asks for', () => {
    const { groups } = parse(read('deploy/observability/gatehouse.alerts.yml')) as Alerts;
    const rules = groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(5);
    expect(rules.flatMap(({ alert, expr }) => flawsOf(expr).map((flaw) => [alert, flaw]))).toEqual([]);
  });

  it.each([
    ['sum(http_requests_total)', ['http_requests_total']],
    ['sum by (path) (rate(http_request_duration_seconds_count[5m]))', ['path']],
    ['rate(guard_decisions_total{reason="expired"}[5m])', ['reason']],
  ])('would be missed by a query that asks for something else: %s', (text, flaws) => {
    expect(flawsOf(text)).toEqual(flaws);
  });

  it('are all described in docs/observability.md, which describes no others', () => {
    const own = [...new Set([...exposed.values()].map(({ name }) => name))].filter(
      (name) => !/^(nodejs|process)_/.test(name),
    );
    const described = [...read('docs/observability.md').matchAll(/^\| `([a-z_]+)` +\|/gm)].map(
      ([, name]) => name,
    );
    expect(new Set(described)).toEqual(new Set(own));
  });

  it('have as many series after a flood of addresses, methods, tokens and keys as before', async () => {
    const bearer = await tokenFor(gatehouse.identity, READER);
    const [header, ...rest] = bearer.split('.');
    const withKid = (kid: string) => {
      const named = { ...(JSON.parse(Buffer.from(header!, 'base64url').toString()) as object), kid };
      return [Buffer.from(JSON.stringify(named)).toString('base64url'), ...rest].join('.');
    };
    const flood = async (from: number) => {
      for (let n = from; n < from + 100; n += 1) {
        await send(`${gatehouse.articles}/nowhere/${n}?token=${n}`, { bearer });
        await send(`${gatehouse.articles}/articles/${n}`, { bearer: withKid(`kid-${n}`) });
        await send(`${gatehouse.articles}/articles`, { headers: { apikey: `key-${n}-${'x'.repeat(32)}` } });
        await grant(gatehouse.identity, { grant_type: `grant-${n}`, scope: `scope-${n}` });
      }
    };
    const count = async () => {
      const metrics = new Set((await exposedBy(...services())).values());
      return [...metrics].reduce((sum, { series }) => sum + series, 0);
    };
    await flood(0);
    const before = await count();
    await flood(1_000);
    expect(await count()).toBe(before);
  });
});
