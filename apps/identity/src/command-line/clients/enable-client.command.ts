import { Clients } from '../../clients/clients.service.js';
import type { AddCommand } from '../operator.console.js';

/** `clients enable <id>` */
export const addEnableClient: AddCommand = (clients, operator) => {
  clients
    .command('enable')
    .description('let a client in again that was disabled')
    .argument('<id>', 'of the client')
    .action(
      operator.action<object, [string]>(async ({ get, act, out }, _, id) => {
        await get(Clients).change(id, { disabled: false }, act);
        out.tell({ id, disabled: false }, `${id} is enabled.`);
      }),
    );
};
