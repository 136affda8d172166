import { NotFound } from '@gatehouse/contracts';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { IdentityConfig } from '../identity.config.js';

const OWN_ADDRESS = /^(127\.|::1$|::ffff:127\.)/;
const OWN_NAME = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/;

/** Lets in whoever sits at this machine, outside production; nobody else learns that there is anything. */
@Injectable()
export class DevelopmentGuard implements CanActivate {
  constructor(private readonly config: IdentityConfig) {}

  canActivate(context: ExecutionContext): true {
    const { socket, headers } = context.switchToHttp().getRequest<FastifyRequest>();
    // The peer itself: what proxies say about who is behind them does not count here.
    const isNear = OWN_ADDRESS.test(socket.remoteAddress ?? '');
    // By another name, a website could have the visitor's browser read this for it (DNS rebinding).
    if (this.config.production || !isNear || !OWN_NAME.test(headers.host ?? '')) throw new NotFound();
    return true;
  }
}
