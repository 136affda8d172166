import { Clients } from '../../clients/clients.service.js';
import type { AddCommand } from '../operator.console.js';

/** `clients disable <id>` */
export const addDisableClient: AddCommand = (clients, operator) => {
  clients
    .command('disable')
    .description('end what a client was given, and give it nothing more')
    .argument('<id>', 'of the client')
    .action(
      operator.action<object, [string]>(async ({ get, act, out }, _, id) => {
        await get(Clients).change(id, { disabled: true }, act);
        out.tell({ id, disabled: true }, `${id} is disabled.`);
      }),
    );
};
