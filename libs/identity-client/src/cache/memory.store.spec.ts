import type { NotEmptyStorageValue } from 'axios-cache-interceptor';
import { describe, expect, it } from 'vitest';
import { keyIn } from './answer.store.js';
import { MemoryStore } from './memory.store.js';

const answer = (text: string): NotEmptyStorageValue => ({
  state: 'cached',
  ttl: 1,
  createdAt: 0,
  data: { data: { text }, headers: {}, status: 200, statusText: '' },
});
const kilobytes = (count: number): NotEmptyStorageValue => answer('x'.repeat(count * 500));
const placeOf = (store: MemoryStore, subject: string, session = 'ses'): string =>
  store.placeOf({ subject, links: [{ kind: 'session', id: session }] });

describe('MemoryStore', () => {
  it('keeps what one owner has out of the reach of others', () => {
    const store = new MemoryStore(1_000_000);
    store.set(keyIn(placeOf(store, 'alice'), 'a'), answer('for alice'));
    expect(store.find(keyIn(placeOf(store, 'bob'), 'a'))).toBeUndefined();
    expect(store.find(keyIn(placeOf(store, 'alice'), 'a'))).toEqual(answer('for alice'));
  });

  it('has nothing in its place after a purge, and takes nothing for the old one', () => {
    const store = new MemoryStore(1_000_000);
    const before = placeOf(store, 'alice', 'ses_1');
    placeOf(store, 'alice', 'ses_2');
    store.set(keyIn(before, 'a'), answer('old'));
    store.purge({ kind: 'session', id: 'ses_2' });
    store.set(keyIn(before, 'a'), answer('too late'));
    const after = placeOf(store, 'alice', 'ses_1');
    expect(after).not.toBe(before);
    expect([store.find(keyIn(before, 'a')), store.find(keyIn(after, 'a'))]).toEqual([undefined, undefined]);
    store.purge({ kind: 'session', id: 'ses_2' });
    expect(placeOf(store, 'alice')).toBe(after);
  });

  it('lets the owner go who was there longest ago when there is no more room', () => {
    const store = new MemoryStore(50_000);
    const keys = ['alice', 'bob', 'carol'].map((subject) => keyIn(placeOf(store, subject), 'a'));
    store.set(keys[0]!, kilobytes(10));
    store.set(keys[1]!, kilobytes(10));
    placeOf(store, 'alice');
    store.set(keys[2]!, kilobytes(25));
    expect(keys.map((key) => store.find(key) !== undefined)).toEqual([true, false, true]);
  });

  it('lets an owner have what was used last of too much', () => {
    const store = new MemoryStore(50_000);
    const place = placeOf(store, 'alice');
    for (let i = 0; i < 10; i += 1) store.set(keyIn(place, `${i}`), kilobytes(10));
    expect(store.find(keyIn(place, '9'))).toBeDefined();
    expect(store.find(keyIn(place, '0'))).toBeUndefined();
  });

  it('never holds more than it may, whatever comes', () => {
    const store = new MemoryStore(100_000);
    for (let i = 0; i < 2_000; i += 1)
      store.set(keyIn(placeOf(store, `${i % 150}`), `${i}`), kilobytes(i % 90));
    expect(store.bytes).toBeLessThanOrEqual(100_000);
  });

  it('counts an owner who has nothing as well', () => {
    const store = new MemoryStore(50_000);
    const places = Array.from({ length: 1_000 }, (_, i) => placeOf(store, `${i}`, `ses_${i}`));
    store.set(keyIn(places[0]!, 'a'), answer('a'));
    expect(store.find(keyIn(places[0]!, 'a'))).toBeUndefined();
  });
});
