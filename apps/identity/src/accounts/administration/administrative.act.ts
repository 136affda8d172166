import type { RequestOrigin } from '../../audit/request.origin.js';

/** Who administers, and where from: absent at the command line. */
export interface AdministrativeAct {
  readonly actorId: string | null;
  readonly origin?: RequestOrigin;
  /** Of the session or the API key that they are signed in with. */
  readonly sessionId?: string | undefined;
}

// Neither a user's id nor a client's begins with it.
const CONSOLE = 'console:';

/** What an operator does at the command line, who needs no account for it. */
export function consoleAct(operator: string): AdministrativeAct {
  return { actorId: CONSOLE + operator };
}

/** Whether it was done at the command line. */
export function isConsoleAct({ actorId }: AdministrativeAct): boolean {
  return actorId?.startsWith(CONSOLE) ?? false;
}
