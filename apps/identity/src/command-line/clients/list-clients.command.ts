import { clientResponse } from '../../admin/client.response.js';
import { Clients } from '../../clients/clients.service.js';
import type { AddCommand } from '../operator.console.js';

/** `clients list` */
export const addListClients: AddCommand = (clients, operator) => {
  clients
    .command('list')
    .description('the services that may ask for tokens')
    .action(
      operator.action(async ({ get, out }) => {
        const rows = (await get(Clients).list()).map((client) => ({ ...clientResponse(client) }));
        out.list(rows, ['id', 'scopes', 'audiences', 'disabled', 'created_at']);
      }),
    );
};
