import { pino, stdSerializers, type Logger } from 'pino';
import pretty from 'pino-pretty';
import type { ServiceConfig } from '../config/service.config.js';
import { currentRequest } from '../http/request.context.js';
import { traceIdOf } from '../http/trace.parent.js';
import { serializeError } from './error.serializer.js';

/** The service's log: JSON lines, or prose on a terminal. Lines written in the course of a request carry its id. */
export function createLogger(service: string, { logLevel }: Pick<ServiceConfig, 'logLevel'>): Logger {
  const options = {
    level: logLevel,
    base: { service },
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    mixin: requestFields,
    serializers: { ...stdSerializers, err: serializeError },
  };
  return process.stdout.isTTY ? pino(options, pretty({ sync: true, ignore: 'service' })) : pino(options);
}

function requestFields(): Record<string, string> {
  const request = currentRequest();
  if (!request) return {};
  const { requestId, traceparent } = request;
  return { request_id: requestId, ...(traceparent && { trace_id: traceIdOf(traceparent) }) };
}
