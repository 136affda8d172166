import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { allowanceHeaders } from './allowance.js';
import { RequestLimits } from './request.limits.js';

/** Counts what people ask for who are not signed in, but for pages. */
@Injectable()
export class RequestLimitGuard implements CanActivate {
  constructor(private readonly limits: RequestLimits) {}

  async canActivate(context: ExecutionContext): Promise<true> {
    const http = context.switchToHttp();
    const { method, ip } = http.getRequest<FastifyRequest>();
    if (method === 'GET' || method === 'HEAD') return true;
    const allowance = await this.limits.admit(ip);
    void http.getResponse<FastifyReply>().headers(allowanceHeaders(allowance));
    return true;
  }
}
