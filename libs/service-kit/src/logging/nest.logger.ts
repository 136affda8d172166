import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** Where Nest speaks of its own wiring, at length. */
const WIRING = new Set([
  'NestFactory',
  'NestApplication',
  'InstanceLoader',
  'LazyModuleLoader',
  'RoutesResolver',
  'RouterExplorer',
]);

/** Nest's logger, writing into the service's log. What Nest says of its own wiring is debug. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(WIRING.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    // What keeps a service from starting is thrown as well, and told by whoever starts it.
    if (rest.at(-1) === 'ExceptionHandler') return;
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  /** Nest passes the context last; before it comes a stack, or the sentence to a message that is an object. */
  private write(level: Level, message: unknown, rest: unknown[]): void {
    const context = rest.at(-1);
    const second = rest.length > 1 && typeof rest[0] === 'string' ? rest[0] : undefined;
    const { text, ...fields } = lineOf(message, second);
    this.logger[level]({ ...(typeof context === 'string' && { context }), ...fields }, text);
  }
}

function lineOf(message: unknown, second: string | undefined): Record<string, unknown> & { text: string } {
  if (message instanceof Error) return { err: message, text: message.message };
  if (typeof message === 'object' && message !== null) return { ...message, text: second ?? '' };
  return { ...(second !== undefined && { stack: second }), text: String(message) };
}
