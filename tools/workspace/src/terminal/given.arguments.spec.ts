import { afterEach, describe, expect, it, vi } from 'vitest';
import { givenArguments } from './given.arguments.ts';

const OPTIONS = { options: { quick: { type: 'boolean' } } } as const;

describe('the arguments of a command', () => {
  afterEach(() => void vi.restoreAllMocks());

  it('are read', () => {
    expect(givenArguments({ ...OPTIONS, args: ['--quick'] }, 'usage').values).toEqual({ quick: true });
  });

  it.each([['--quik'], ['faster']])(
    'end it, and it says how it is used, where %s means nothing to it',
    (stray) => {
      const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
      const ended = vi.spyOn(process, 'exit').mockImplementation((code) => {
        throw new Error(`ended with ${code}`);
      });
      expect(() => givenArguments({ ...OPTIONS, args: [stray] }, 'npm run faults -- [--quick]')).toThrow(
        'ended with 2',
      );
      expect(ended).toHaveBeenCalledOnce();
      expect(said.mock.lastCall?.[0]).toMatch(
        new RegExp(`${stray}.*\n\nnpm run faults -- \\[--quick\\]$`, 's'),
      );
    },
  );
});
