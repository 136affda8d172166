import { describe, expect, it, vi } from 'vitest';
import { ProgressBar } from './progress.bar.js';
import { textTable } from './text.table.js';

describe('a progress bar', () => {
  it('is drawn on a terminal, and taken away', () => {
    const stream = { isTTY: true, write: vi.fn<(text: string) => boolean>(() => true) };
    const bar = new ProgressBar(200, stream);
    bar.show(100, '7 records');
    bar.end();
    expect(stream.write.mock.calls.flat()).toEqual([
      `\r${'█'.repeat(12)}${'░'.repeat(12)}  50 %  7 records, 0 s\u001B[K`,
      '\r\u001B[K',
    ]);
  });

  it('keeps silent elsewhere', () => {
    const stream = { isTTY: false, write: vi.fn<(text: string) => boolean>(() => true) };
    const bar = new ProgressBar(200, stream);
    bar.show(100, '7 records');
    bar.end();
    expect(stream.write).not.toHaveBeenCalled();
  });
});

describe('a table', () => {
  it('has columns as wide as they need to be, and no control characters of others', () => {
    const rows = [
      { id: 'a', roles: ['admin', 'x'], used_at: null },
      { id: 'bbb', roles: [], used_at: '\u001B[2J\u202E' },
    ];
    expect(textTable(rows, ['id', 'roles', 'used_at'], (line) => line)).toBe(
      'id   roles    used at\na    admin x  -\nbbb  -        ?[2J?',
    );
  });
});
