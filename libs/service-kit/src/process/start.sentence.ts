import { StartFailure } from '../config/start.failure.js';
import { serializeError } from '../logging/error.serializer.js';

/** Why a service cannot start, for a person: what is wrong and how to mend it. A stack only for what nobody foresaw. */
export function sentenceOf(error: unknown): string {
  if (error instanceof StartFailure || listsMistakes(error)) return error.message;
  return listenSentence(error ?? {}) ?? unforeseen(error);
}

/** Libraries that know nothing of this one list what is wrong with their options, each mistake with its remedy. */
function listsMistakes(error: unknown): error is Error {
  return error instanceof Error && 'mistakes' in error && Array.isArray(error.mistakes);
}

/** What Node tells of an address that it cannot listen on. */
interface ListenError {
  syscall?: string;
  code?: string;
  address?: string;
  port?: number;
}

function listenSentence({ syscall, code, address, port }: ListenError): string | undefined {
  switch (`${syscall} ${code}`) {
    case 'listen EADDRINUSE':
      return `Port ${port} on ${address} is in use. Stop what uses it, or set PORT to another one.`;
    case 'listen EADDRNOTAVAIL':
      return `${address} is no address of this machine. Correct HOST.`;
    case 'listen EACCES':
      return `Port ${port} is for privileged users. Set PORT to one above 1023.`;
    case 'getaddrinfo ENOTFOUND':
    case 'getaddrinfo EAI_AGAIN':
      return 'There is no machine of that name. Correct HOST.';
    default:
      return undefined;
  }
}

function unforeseen(error: unknown): string {
  const { message, stack, cause } = serializeError(error);
  return [stack ?? message, ...(cause ? [`because of ${cause.stack ?? cause.message}`] : [])].join('\n');
}
