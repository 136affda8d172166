import type { Principal } from '@gatehouse/access';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AdministrativeAct } from '../accounts/administration/administrative.act.js';
import { originOf } from '../audit/request.origin.js';

/** Gives a controller's method who administers, and where from. */
export const ByAdmin = createParamDecorator((_: unknown, context: ExecutionContext): AdministrativeAct => {
  const request = context.switchToHttp().getRequest<FastifyRequest & { user: Principal }>();
  const { id: actorId, sessionId } = request.user;
  return { actorId, sessionId, origin: originOf(request) };
});
