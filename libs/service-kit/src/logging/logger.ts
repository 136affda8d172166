import { pino, type Logger } from 'pino';
import pretty from 'pino-pretty';
import type { ServiceConfig } from '../config/service.config.js';
import { currentRequest } from '../http/request.context.js';
import { traceIdOf } from '../tracing/trace.parent.js';
import { serializeError } from './error.serializer.js';

/** Takes the log, line by line. */
export interface LogDestination {
  write(line: string): void;
}

/** The service's log: JSON lines, or prose on a terminal. Lines written in the course of a request carry its id. */
export function createLogger(
  service: string,
  { logLevel }: Pick<ServiceConfig, 'logLevel'>,
  destination: LogDestination = standardOutput(),
): Logger {
  const options = {
    level: logLevel,
    base: { service },
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    mixin: requestFields,
    serializers: { err: serializeError },
  };
  return pino(options, destination);
}

function standardOutput(): LogDestination {
  if (!process.stdout.isTTY) return pino.destination({ sync: true });
  // The sentence says most of it; what stays is put behind it.
  const said = 'service,method,route,status,trace_id';
  return pretty({ sync: true, singleLine: true, messageFormat: '{service}: {msg}', ignore: said });
}

function requestFields(): Record<string, string> {
  const request = currentRequest();
  if (!request) return {};
  return { request_id: request.requestId, trace_id: traceIdOf(request.traceparent) };
}
