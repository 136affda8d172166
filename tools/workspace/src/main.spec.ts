import { afterEach, describe, expect, it, vi } from 'vitest';
import { main } from './main.ts';

describe('a command of the workspace', () => {
  afterEach(() => void vi.restoreAllMocks());

  it.each([
    [['start', '--jsn'], '"--jsn" means nothing to this command: it takes --json.'],
    [['generate', '--chekc'], '"--chekc" means nothing to this command: it takes --check.'],
    [['dev', 'articles'], '"articles" means nothing to this command: it takes nothing.'],
    [['migrate', 'articles'], '"articles" means nothing to this command: it takes nothing.'],
    [['rutes'], expect.stringContaining('Unknown command. There are: start, dev')],
  ])('does nothing for want of sense in %j', async (args, sentence) => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await main(args)).toBe(2);
    expect(said.mock.calls).toEqual([[sentence]]);
  });
});
