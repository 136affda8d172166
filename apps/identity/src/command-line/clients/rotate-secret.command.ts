import { Clients } from '../../clients/clients.service.js';
import type { AddCommand } from '../operator.console.js';
import { tellSecret } from './client.secret.js';

/** `clients rotate-secret <id>` */
export const addRotateSecret: AddCommand = (clients, operator) => {
  clients
    .command('rotate-secret')
    .description('show another secret, this once; the one before works for 7 days more, any older one ends')
    .argument('<id>', 'of the client')
    .action(
      operator.action<object, [string]>(async (desk, _, id) => {
        tellSecret(desk, id, await desk.get(Clients).addSecret(id, desk.act));
      }),
    );
};
