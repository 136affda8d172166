import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { DomainError, PROBLEM_MEDIA_TYPE, problemOf } from '@gatehouse/contracts';
import { requestIdOf } from '../errors/request.id.js';
import { HandshakeGuard } from './handshake.guard.js';
import { OpenSockets } from './open.sockets.js';

type UpgradeListener = (request: IncomingMessage, socket: Socket, head: Buffer) => void;

/**
 * Stands in front of the gateways: no handshake reaches them that was not let in, whichever adapter they use. Nest asks
 * guards about messages alone, and who is connected hears all that a gateway broadcasts.
 */
@Injectable()
export class UpgradeGate implements OnModuleInit {
  private readonly logger = new Logger('Access');

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly handshakes: HandshakeGuard,
    private readonly sockets: OpenSockets,
  ) {}

  /** By now Nest has bound the gateways to the server. */
  onModuleInit(): void {
    const server = this.host.httpAdapter?.getHttpServer() as Server | undefined;
    const listeners = (server?.listeners('upgrade') ?? []) as UpgradeListener[];
    if (!server || listeners.length === 0) return;
    server.removeAllListeners('upgrade');
    server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      const open = (): void => listeners.forEach((listener) => listener.call(server, request, socket, head));
      void this.pass(request, socket, open);
    });
  }

  private async pass(request: IncomingMessage, socket: Socket, open: () => void): Promise<void> {
    const giveUp = (): void => void socket.destroy();
    socket.on('error', giveUp); // Node has let go of it, and nobody else listens yet
    try {
      const standing = await this.handshakes.admit(request);
      if (socket.destroyed) return;
      socket.off('error', giveUp);
      this.sockets.add(socket, standing);
      open();
    } catch (error) {
      this.refuse(request, socket, error);
    }
  }

  private refuse(request: IncomingMessage, socket: Socket, error: unknown): void {
    if (!(error instanceof DomainError)) {
      this.logger.error(error);
      socket.destroy();
      return;
    }
    const requestId = requestIdOf(request.headers['x-request-id']);
    const problem = problemOf(error, requestId);
    const response = new ServerResponse(request);
    response.assignSocket(socket);
    response.shouldKeepAlive = false;
    response.writeHead(problem.status, {
      ...error.headers,
      'X-Request-Id': requestId,
      'Content-Type': PROBLEM_MEDIA_TYPE,
    });
    response.end(JSON.stringify(problem), () => socket.destroySoon());
  }
}
