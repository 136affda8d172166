import { describe, expect, it } from 'vitest';
import { fingerprint } from './fingerprint.js';
import { FingerprintTable } from './fingerprint.table.js';

function printOf(id: string, space = 'session'): Uint32Array {
  const print = new Uint32Array(3);
  fingerprint(print, 42, space, id);
  return print;
}

function sweepAll(table: FingerprintTable, now: number): void {
  for (let turn = 0; turn < 64; turn += 1) table.sweep(now);
}

function wordsOf(table: FingerprintTable): number {
  return table.words.reduce((sum, words) => sum + words.length, 0);
}

describe('a fingerprint', () => {
  it('tells similar ids apart by any two words of it', () => {
    const pairs = [
      [0, 1],
      [1, 2],
      [0, 2],
    ] as const;
    const seen = pairs.map(() => new Set<bigint>());
    for (let id = 0; id < 300_000; id += 1) {
      const print = printOf(`ses_${id}`);
      pairs.forEach(([a, b], pair) => seen[pair]!.add((BigInt(print[a]!) << 32n) | BigInt(print[b]!)));
    }
    expect(seen.map((pair) => pair.size)).toEqual([300_000, 300_000, 300_000]);
  });

  it('differs by seed, by space, and by where the space ends', () => {
    const prints = [printOf('a'), printOf('a', 'token'), printOf('na', 'sessio')];
    const reseeded = new Uint32Array(3);
    fingerprint(reseeded, 43, 'session', 'a');
    expect(new Set([...prints, reseeded].map(String)).size).toBe(4);
  });
});

describe('a fingerprint table', () => {
  it('can be filled from the slots of another, in any pieces', () => {
    const table = new FingerprintTable();
    for (let id = 0; id < 5_000; id += 1) table.add(printOf(`ses_${id}`), 100 + id, id);
    const copy = new FingerprintTable();
    for (const words of table.words) copy.load(words);
    expect(copy.size).toBe(5_000);
    for (let id = 0; id < 5_000; id += 1) expect(copy.until(printOf(`ses_${id}`))).toBe(id);
    sweepAll(copy, 110);
    expect(copy.size).toBe(4_989);
  });

  it('knows what was added, and nothing else', () => {
    const table = new FingerprintTable();
    for (let id = 0; id < 5_000; id += 1) table.add(printOf(`ses_${id}`), 100, id);
    expect(table.size).toBe(5_000);
    for (let id = 0; id < 5_000; id += 1) expect(table.until(printOf(`ses_${id}`))).toBe(id);
    expect(table.until(printOf('ses_5000'))).toBeUndefined();
  });

  it('extends what it has, never shortens it, and tells whether that made a difference', () => {
    const table = new FingerprintTable();
    expect(table.add(printOf('a'), 100, 10)).toBe(true);
    expect(table.add(printOf('a'), 90, 10)).toBe(false);
    expect(table.add(printOf('a'), 100, 9)).toBe(false);
    expect(table.until(printOf('a'))).toBe(10);
    sweepAll(table, 99);
    expect(table.size).toBe(1);
    expect(table.add(printOf('a'), 200, 11)).toBe(true);
    sweepAll(table, 100);
    expect(table.until(printOf('a'))).toBe(11);
  });

  it('forgets exactly what has expired, however it was pushed about', () => {
    const table = new FingerprintTable();
    const expiryOf = (id: number): number => 100 + (id % 7);
    const ids = Array.from({ length: 20_000 }, (_, id) => id);
    for (const id of ids) table.add(printOf(`ses_${id}`), expiryOf(id), 1);
    for (let now = 100; now < 108; now += 1) {
      sweepAll(table, now);
      const isKnown = (id: number): boolean => table.until(printOf(`ses_${id}`)) !== undefined;
      expect(ids.filter((id) => isKnown(id) !== expiryOf(id) > now)).toEqual([]);
    }
    expect(table.size).toBe(0);
  });

  it('gives memory back when few are left', () => {
    const table = new FingerprintTable();
    for (let id = 0; id < 20_000; id += 1) table.add(printOf(`ses_${id}`), id < 10 ? 200 : 100, 1);
    const before = wordsOf(table);
    sweepAll(table, 150);
    expect(table.size).toBe(10);
    expect(wordsOf(table)).toBeLessThan(before / 5);
    for (let id = 0; id < 10; id += 1) expect(table.until(printOf(`ses_${id}`))).toBe(1);
  });
});
