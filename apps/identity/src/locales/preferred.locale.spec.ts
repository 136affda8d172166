import { describe, expect, it } from 'vitest';
import { preferredLocale } from './preferred.locale.js';

describe('preferredLocale', () => {
  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['JA', 'ja'],
    ['fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5', 'fr'],
    ['pt, es;q=0.4, de;q=0.6', 'de'],
    ['en;q=0.1, es ; q=0.2', 'es'],
    ['de;q=0, fr;q=0.1', 'fr'],
  ])('takes %s for %s', (header, locale) => expect(preferredLocale(header)).toBe(locale));

  it.each([undefined, '', 'tlh', '*', ';;;,,,', 'q=1', 'de;q=much', '\u0000'])(
    'falls back to English for %j',
    (header) => expect(preferredLocale(header)).toBe('en'),
  );
});
