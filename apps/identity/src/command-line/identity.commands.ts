import type { ServiceCommands } from '@gatehouse/service-kit';
import { addListKeys } from './keys/list-keys.command.js';
import { addRotateKeys } from './keys/rotate-keys.command.js';
import { type AddCommand, OperatorConsole } from './operator.console.js';

/** The commands that are about one kind of thing, by its name. */
const GROUPS: readonly (readonly [name: string, describe: string, commands: readonly AddCommand[]])[] = [
  ['keys', 'what tokens are signed with', [addListKeys, addRotateKeys]],
];

/** What operators do at the command line, on the same services as the HTTP API. */
export const identityCommands: ServiceCommands = (program, withService) => {
  const operator = new OperatorConsole(withService);
  program
    .option('--as <name>', 'whom the audit trail names; the user of the operating system by default')
    .option('--json', 'write JSON, for scripts')
    .configureHelp({ showGlobalOptions: true });
  for (const [name, describe, commands] of GROUPS) {
    const group = program.command(name).description(describe);
    for (const add of commands) add(group, operator);
  }
};
