import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { addressOf } from '../audit/request.origin.js';
import { allowanceHeaders } from './allowance.js';
import { RequestLimits } from './request.limits.js';

/** Counts what people ask for who are not signed in, but for pages. */
@Injectable()
export class RequestLimitGuard implements CanActivate {
  constructor(private readonly limits: RequestLimits) {}

  async canActivate(context: ExecutionContext): Promise<true> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (request.method === 'GET' || request.method === 'HEAD') return true;
    const allowance = await this.limits.admit(addressOf(request));
    void http.getResponse<FastifyReply>().headers(allowanceHeaders(allowance));
    return true;
  }
}
