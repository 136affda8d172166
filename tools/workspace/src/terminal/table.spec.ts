import { stripVTControlCharacters, styleText } from 'node:util';
import { describe, expect, it } from 'vitest';
import { table } from './table.ts';

describe('a table', () => {
  it('has columns as wide as their widest cell, whatever its colours', () => {
    const coloured = styleText('green', 'up', { validateStream: false });
    const lines = stripVTControlCharacters(table(['service', 'state', 'port'], [['a', coloured, '1']])).split(
      '\n',
    );
    expect(lines).toEqual(['  service   state   port', '  a         up      1']);
  });
});
