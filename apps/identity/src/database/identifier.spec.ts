import { describe, expect, it } from 'vitest';
import { firstIdAt, newId } from './identifier.js';

describe('ids', () => {
  it('are in the order they were made in, within a millisecond too', () => {
    const ids = Array.from({ length: 10_000 }, () => newId('evt', 1_780_000_000_000));
    expect(ids.toSorted()).toEqual(ids);
    expect(newId('evt', 1_780_000_000_001) > ids.at(-1)!).toBe(true);
  });

  it('begin where a time does', () => {
    expect(newId('usr', 1_780_000_000_000) >= firstIdAt('usr', 1_780_000_000_000)).toBe(true);
    expect(newId('usr', 1_779_999_999_999) < firstIdAt('usr', 1_780_000_000_000)).toBe(true);
  });

  it('say what they name, and are as long as a UUID', () => {
    expect(newId('ses')).toMatch(/^ses_[0-9a-f]{32}$/);
  });
});
