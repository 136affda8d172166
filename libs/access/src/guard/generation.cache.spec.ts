import { describe, expect, it } from 'vitest';
import { GenerationCache } from './generation.cache.js';

const entry = (bytes = 1) => ({ bytes });

describe('a cache of two generations', () => {
  it('keeps what is read, however much else comes', () => {
    const cache = new GenerationCache({ entries: 10, bytes: 1_000 });
    cache.set('hot', entry());
    for (let i = 0; i < 10_000; i += 1) {
      cache.set(`flood-${i}`, entry());
      expect(cache.get('hot')).toBeDefined();
    }
  });

  it('never holds more entries than two generations may', () => {
    const cache = new GenerationCache({ entries: 10, bytes: 1_000_000 });
    for (let i = 0; i < 1_000; i += 1) {
      cache.set(`${i}`, entry());
      expect(cache.size).toBeLessThanOrEqual(20);
    }
  });

  it('never holds more bytes than two generations may', () => {
    const cache = new GenerationCache({ entries: 1_000_000, bytes: 100 });
    for (let i = 0; i < 1_000; i += 1) {
      cache.set(`${i}`, entry(30));
      expect(cache.size).toBeLessThanOrEqual(6);
    }
  });

  it('does not count an entry twice that is set again', () => {
    const cache = new GenerationCache({ entries: 10, bytes: 100 });
    cache.set('other', entry(10));
    for (let i = 0; i < 100; i += 1) cache.set('same', entry(40));
    expect([cache.get('other'), cache.size]).toEqual([entry(10), 2]);
  });

  it('forgets what was not read for a generation', () => {
    const cache = new GenerationCache({ entries: 2, bytes: 1_000 });
    for (const key of ['a', 'b', 'c', 'd', 'e']) cache.set(key, entry());
    expect(cache.get('a')).toBeUndefined();
    expect(cache.get('e')).toBeDefined();
  });

  it('forgets what is deleted, in whichever generation, and its bytes', () => {
    const cache = new GenerationCache({ entries: 2, bytes: 1_000 });
    for (const key of ['a', 'b', 'c']) cache.set(key, entry());
    cache.delete('a');
    cache.delete('c');
    cache.delete('never there');
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([undefined, entry(), undefined]);
    const small = new GenerationCache({ entries: 100, bytes: 100 });
    small.set('kept', entry(10));
    for (let i = 0; i < 100; i += 1) {
      small.set('passing', entry(80));
      small.delete('passing');
    }
    expect(small.size).toBe(1);
  });
});
