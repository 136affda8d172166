import { signingKeyResponses } from '../../admin/signing-key.response.js';
import { SigningKeysRepository } from '../../keys/signing-keys.repository.js';
import type { AddCommand } from '../operator.console.js';

/** `keys list` */
export const addListKeys: AddCommand = (keys, operator) => {
  keys
    .command('list')
    .description('what signs, what has signed, and what will; never the keys themselves')
    .action(
      operator.action(async ({ get, out }) => {
        const rows = signingKeyResponses(await get(SigningKeysRepository).findAll());
        out.list(
          rows.map((row) => ({ ...row })),
          ['kid', 'algorithm', 'state', 'activates_at', 'expires_at'],
        );
      }),
    );
};
