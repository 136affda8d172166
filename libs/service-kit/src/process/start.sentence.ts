import { StartFailure } from '../config/start.failure.js';
import { serializeError } from '../logging/error.serializer.js';

/** Why a service cannot start, for a person: what is wrong and how to mend it. A stack only for what nobody foresaw. */
export function sentenceOf(error: unknown): string {
  if (error instanceof StartFailure) return error.message;
  const { code, address, port } = (error ?? {}) as { code?: string; address?: string; port?: number };
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${address} is in use. Stop what uses it, or set PORT to another one.`;
    case 'EADDRNOTAVAIL':
      return `${address} is no address of this machine. Correct HOST.`;
    case 'ENOTFOUND':
      return 'There is no machine of that name. Correct HOST.';
    case 'EACCES':
      return `Port ${port} is for privileged users. Set PORT to one above 1023.`;
    default:
      return unforeseen(error);
  }
}

function unforeseen(error: unknown): string {
  const { message, stack, cause } = serializeError(error);
  return [stack ?? message, ...(cause ? [`because of ${cause.stack ?? cause.message}`] : [])].join('\n');
}
