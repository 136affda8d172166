import { RegisterClientRequest, SCOPES, type Scope } from '@gatehouse/contracts';
import { Clients } from '../../clients/clients.service.js';
import type { AddCommand } from '../operator.console.js';
import { validated } from '../validated.js';
import { tellSecret } from './client.secret.js';

interface Options {
  scope?: Scope[];
  audience?: string[];
}

const FOR_SERVICES = Object.keys(SCOPES).filter((scope) => scope !== 'account' && scope !== 'admin');

/** `clients create <id>` */
export const addCreateClient: AddCommand = (clients, operator) => {
  clients
    .command('create')
    .description('register a service, and show its secret, this once')
    .argument('<id>', 'a lower case letter, then up to 63 of a-z, 0-9 and -')
    .option('--scope <scopes...>', `what its own tokens may do: ${FOR_SERVICES.join(', ')}`)
    .option('--audience <audiences...>', 'whom it may have tokens for, beside the default audience')
    .action(
      operator.action<Options, [string]>(async (desk, { scope = [], audience = [] }, id) => {
        const request = validated(RegisterClientRequest, { id, scopes: scope, audiences: audience });
        tellSecret(desk, id, await desk.get(Clients).register(request, desk.act));
      }),
    );
};
