import { describe, expect, it } from 'vitest';
import type { Turn } from '../load/turns.js';
import { bottlenecks, rates, ratios } from './comparison.js';
import { median, medianAndRange, quantile } from './statistics.js';
import { table } from './table.js';
import { withResults } from './tables.document.js';

function turn(name: string, round: number, perSecond: number, more: Partial<Turn> = {}): Turn {
  return { name, round, perSecond, count: perSecond, p50: 1, p99: 2, ownCores: 0.1, ...more };
}

describe('the statistics', () => {
  it('take the value in the middle, or between the two in the middle', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
  });

  it('take the value below which a share lies, and the last one at most', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect([quantile(hundred, 0.5), quantile(hundred, 0.99), quantile(hundred, 1)]).toEqual([51, 100, 100]);
  });

  it('say how far values lie apart', () => {
    expect(medianAndRange([3, 1, 2], 2)).toBe('2.00 (1.00–3.00)');
  });
});

describe('a comparison', () => {
  // The machine was slow in the second round, for both.
  const turns = [turn('ours', 1, 100), turn('theirs', 1, 50), turn('ours', 2, 10), turn('theirs', 2, 5)];

  it('divides within a round', () => {
    expect(ratios(turns, [{ name: 'ours', with: 'theirs', goal: 2 }])).toEqual([
      { ratio: 'ours ÷ theirs', is: '2.00 (2.00–2.00)', goal: 2, outcome: 'held' },
    ]);
  });

  it('says when a goal is missed', () => {
    const [row] = ratios(turns, [{ name: 'theirs', with: 'ours', goal: 0.6 }]);
    expect(row).toMatchObject({ is: '0.50 (0.50–0.50)', outcome: 'MISSED' });
  });

  it('leaves out who was not measured', () => {
    expect(ratios(turns, [{ name: 'ours', with: 'somebody else' }])).toEqual([]);
  });

  it('has one row for each contender, with medians over the rounds', () => {
    expect(rates([turn('one', 1, 10, { cpu: 0.5 }), turn('one', 2, 30, { cpu: 1.5 })])).toEqual([
      { name: 'one', 'per second': '20 (10–30)', 'p50 ms': '1.00', 'p99 ms': '2.00', 'CPU ms each': '1.000' },
    ]);
  });

  it('names the generator where it took most of a core, and not where the work is done in its own process', () => {
    const busy = { ownCores: 0.95 };
    expect(bottlenecks([turn('a server', 1, 1, { ...busy, cpu: 1 }), turn('a query', 1, 1, busy)])).toEqual([
      'The load generator took 0.95 of a core with a server: it may be the bottleneck.',
    ]);
  });
});

describe('the document', () => {
  it('has its tables as Prettier writes them', () => {
    const rows = [
      { name: 'one', 'per second': '5' },
      { name: 'the other', 'per second': '10' },
    ];
    expect(table(rows).split('\n')).toEqual([
      '| name      | per second |',
      '| --------- | ---------: |',
      '| one       |          5 |',
      '| the other |         10 |',
    ]);
  });

  const kept = {
    bench: 'tokens',
    measuredAt: '2026-11-22T08:30:00.000Z',
    machine: { cores: 2, node: 'v26.10.0', platform: 'linux' },
    found: [{ note: 'Five rounds.' }, { title: 'Refresh', rows: [{ name: 'ours', ratio: 2 }] }],
  };

  it('gets what was found between its marks, as often as one likes', () => {
    const empty = 'Before.\n\n<!-- bench:tokens -->\n\n<!-- /bench:tokens -->\n\nAfter.\n';
    const once = withResults(empty, kept);
    expect(once).toContain(
      '<!-- bench:tokens -->\n\n_Measured on 2026-11-22: 2 cores, linux, Node 26.10.0._',
    );
    expect(once).toContain('**Refresh**\n\n| name | ratio |');
    expect(once).toMatch(/^Before\.\n[^]*\n<!-- \/bench:tokens -->\n\nAfter\.\n$/);
    expect(withResults(once, kept)).toBe(once);
  });

  it('is not written where it lacks the marks', () => {
    expect(() => withResults('Nothing.', kept)).toThrow('lacks the marks');
  });
});
