import { userInfo } from 'node:os';
import { ValidationFailed } from '@gatehouse/contracts';

/** What the audit trail has room for. */
const NAME = /^[\w.@+-]{1,56}$/;

/**
 * The name that the audit trail has for whoever calls a command: as it was given, or the one of the operating system.
 *
 * @throws ValidationFailed
 */
export function operatorName(given: string | undefined): string {
  if (given === undefined)
    return systemName()
      .replaceAll(/[^\w.@+-]/g, '_')
      .slice(0, 56);
  if (NAME.test(given)) return given;
  throw new ValidationFailed({ as: ['--as must be a name of up to 56 letters, digits and . _ @ + -'] });
}

/** A container may run under a number that no name belongs to. */
function systemName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}
