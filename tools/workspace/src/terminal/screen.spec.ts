import { describe, expect, it } from 'vitest';
import { type Output, Screen } from './screen.ts';

/** Keeps what is written to it. */
function output(options: Partial<Output> = {}): Output & { written: string } {
  return {
    isTTY: true,
    columns: 80,
    written: '',
    write(text) {
      this.written += text;
    },
    ...options,
  };
}

describe('a screen', () => {
  it('goes back over what it showed before', () => {
    const terminal = output();
    const screen = new Screen(terminal, 'xterm');
    screen.show('one\ntwo');
    screen.show('three');
    expect(terminal.written).toBe('one\ntwo\n\u001b[2F\u001b[Jthree\n');
  });

  it('knows how many rows a long line takes', () => {
    const terminal = output({ columns: 10 });
    const screen = new Screen(terminal, 'xterm');
    screen.show('x'.repeat(25));
    screen.end('done');
    expect(terminal.written).toContain('\u001b[3F\u001b[Jdone\n');
  });

  it('lets lines pass above', () => {
    const terminal = output();
    const screen = new Screen(terminal, 'xterm');
    screen.show('table');
    screen.above('a warning');
    expect(terminal.written).toBe('table\n\u001b[1F\u001b[Ja warning\ntable\n');
  });

  it.each([
    ['no terminal', { isTTY: false }, 'xterm'],
    ['a dumb one', { isTTY: true }, 'dumb'],
  ])('writes nothing but the end where there is %s', (_, options, term) => {
    const file = output(options);
    const screen = new Screen(file, term);
    screen.show('half');
    screen.above('a warning');
    screen.end('whole');
    expect(file.written).toBe('a warning\nwhole\n');
  });
});
