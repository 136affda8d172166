import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

const LONGEST_DEVICE = 255;

/** The network's side of a request. */
export interface RequestOrigin {
  /** The network address; a proxy's word counts only where TRUST_PROXY says so. */
  readonly address: string;
  /** The User-Agent, cut to what is kept. */
  readonly device: string | null;
}

/** Where a request came from. */
export function originOf({ ip, headers }: FastifyRequest): RequestOrigin {
  return { address: ip, device: headers['user-agent']?.slice(0, LONGEST_DEVICE) || null };
}

/** Gives a controller's method where its request came from. */
export const Origin = createParamDecorator((_: unknown, context: ExecutionContext) =>
  originOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
