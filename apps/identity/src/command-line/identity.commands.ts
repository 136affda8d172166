import type { ServiceCommands } from '@gatehouse/service-kit';
import { addCreateClient } from './clients/create-client.command.js';
import { addDisableClient } from './clients/disable-client.command.js';
import { addEnableClient } from './clients/enable-client.command.js';
import { addListClients } from './clients/list-clients.command.js';
import { addRotateSecret } from './clients/rotate-secret.command.js';
import { addListKeys } from './keys/list-keys.command.js';
import { addRotateKeys } from './keys/rotate-keys.command.js';
import { type AddCommand, OperatorConsole } from './operator.console.js';
import { addEndSessions } from './sessions/end-sessions.command.js';
import { addListSessions } from './sessions/list-sessions.command.js';
import { addCreateAdmin } from './users/create-admin.command.js';
import { addDisableUser } from './users/disable-user.command.js';
import { addEnableUser } from './users/enable-user.command.js';
import { addExportUsers } from './users/export-users.command.js';
import { addImportUsers } from './users/import-users.command.js';
import { addListUsers } from './users/list-users.command.js';
import { addRequireReset } from './users/require-reset.command.js';
import { addSetRoles } from './users/set-roles.command.js';
import { addShowUser } from './users/show-user.command.js';
import { addUnlockUser } from './users/unlock-user.command.js';

interface Group {
  describe: string;
  commands: readonly AddCommand[];
}

/** The commands that are about one kind of thing, by its name. */
const GROUPS: Readonly<Record<string, Group>> = {
  users: {
    describe: 'the accounts of people',
    commands: [
      addListUsers,
      addShowUser,
      addSetRoles,
      addDisableUser,
      addEnableUser,
      addUnlockUser,
      addRequireReset,
      addImportUsers,
      addExportUsers,
    ],
  },
  sessions: { describe: 'where people are signed in', commands: [addListSessions, addEndSessions] },
  clients: {
    describe: 'the services that may ask for tokens',
    commands: [addListClients, addCreateClient, addRotateSecret, addDisableClient, addEnableClient],
  },
  keys: { describe: 'what tokens are signed with', commands: [addListKeys, addRotateKeys] },
};

/** What operators do at the command line, on the same services as the HTTP API. */
export const identityCommands: ServiceCommands = (program, withService) => {
  const operator = new OperatorConsole(withService);
  program
    .option('--as <name>', 'whom the audit trail names; the user of the operating system by default')
    .option('--json', 'write JSON, for scripts')
    .configureHelp({ showGlobalOptions: true });
  addCreateAdmin(program, operator);
  for (const [name, { describe, commands }] of Object.entries(GROUPS)) {
    const group = program.command(name).description(describe);
    for (const add of commands) add(group, operator);
  }
};
