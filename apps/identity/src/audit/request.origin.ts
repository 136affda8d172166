import { isIP } from 'node:net';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

const LONGEST_DEVICE = 255;
const WITH_PORT = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/;

/** The network's side of a request. */
export interface RequestOrigin {
  /** The network address; a proxy's word counts only where TRUST_PROXY says so. */
  readonly address: string;
  /** The User-Agent, cut to what is kept. */
  readonly device: string | null;
}

/** Where a request came from. */
export function originOf(request: FastifyRequest): RequestOrigin {
  const device = request.headers['user-agent']?.slice(0, LONGEST_DEVICE) || null;
  return { address: addressOf(request), device };
}

/**
 * The network address of a request: a trusted proxy's word for it, where that is one, and else the proxy's own. Some
 * tell the port as well, by which no two connections would come from one address.
 */
export function addressOf({ ip, socket }: Pick<FastifyRequest, 'ip' | 'socket'>): string {
  const [, bracketed, plain] = WITH_PORT.exec(ip) ?? [];
  const [address] = (bracketed ?? plain ?? ip).split('%', 1) as [string];
  return isIP(address) === 0 ? (socket.remoteAddress ?? 'unknown') : address;
}

/** Gives a controller's method where its request came from. */
export const Origin = createParamDecorator((_: unknown, context: ExecutionContext) =>
  originOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
