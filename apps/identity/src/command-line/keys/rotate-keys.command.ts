import { KeyGenerations } from '../../keys/key.generations.js';
import { KeyRotation } from '../../keys/key.rotation.js';
import type { AddCommand } from '../operator.console.js';

/** `keys rotate`: by hand what the schedule does by itself. Running replicas follow within seconds. */
export const addRotateKeys: AddCommand = (keys, operator) => {
  keys
    .command('rotate')
    .description('let the next signing key sign, once it was published for KEY_PUBLICATION_LEAD')
    .action(
      operator.action(async ({ get, act, out }) => {
        await get(KeyGenerations).ensure();
        const rotated = await get(KeyRotation).rotate(act);
        const words = rotated
          ? 'The next signing key was chosen.'
          : 'Somebody else has chosen the next signing key just now.';
        out.tell({ rotated }, words);
      }),
    );
};
