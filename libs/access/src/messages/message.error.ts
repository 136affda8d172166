import { randomUUID } from 'node:crypto';
import type { ContextType } from '@nestjs/common';
import { DomainError, problemOf } from '@gatehouse/contracts';

/**
 * The error as Nest passes it on to the sender of a message: its payload is the problem (RFC 9457) that a request
 * would be answered with. Their packages are there wherever such messages are; other services need neither.
 */
export async function messageError(type: ContextType, error: unknown): Promise<unknown> {
  if (!(error instanceof DomainError)) return error;
  const problem = problemOf(error, randomUUID());
  if (type === 'ws') return new (await import('@nestjs/websockets')).WsException(problem);
  if (type === 'rpc') return new (await import('@nestjs/microservices')).RpcException(problem);
  return error;
}
