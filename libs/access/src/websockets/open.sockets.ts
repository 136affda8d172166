import type { Duplex } from 'node:stream';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { InvalidToken } from '@gatehouse/tokens';
import { Authority, type Standing } from '../guard/authority.js';
import type { Principal } from '../principal/principal.js';
import { closeFrame } from './close.frame.js';

/** How often it is looked whether the tokens still are good. Milliseconds. */
const LOOK_EVERY = 500;
/** How long the other end may take to agree to being closed. Milliseconds. */
const LONGEST_FAREWELL = 2_000;

/** A client of ws keeps the socket it was opened on there; it has no public way to tell. */
interface WebSocketClient {
  readonly _socket?: Duplex | null;
}

/** The WebSockets that are open, and for whom. When a token ends, what was opened with it is closed (4401). */
@Injectable()
export class OpenSockets implements OnModuleDestroy {
  /** Undefined for nobody. */
  private readonly sockets = new Map<Duplex, Standing | undefined>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly authority: Authority) {}

  /** From now on messages over this socket are those of whom the token stands for; without one, nobody's. */
  add(socket: Duplex, standing: Standing | undefined): void {
    this.sockets.set(socket, standing);
    socket.once('close', () => this.sockets.delete(socket));
    this.timer ??= setInterval(() => this.closeEnded(), LOOK_EVERY).unref();
  }

  /**
   * For whom the client's socket was opened; undefined for nobody, also where it was opened past us.
   *
   * @throws InvalidToken when the token has ended since
   * @throws KeysUnavailable while that cannot be told
   */
  openedBy({ _socket }: WebSocketClient): Principal | undefined {
    const standing = _socket && this.sockets.get(_socket);
    if (standing && !this.authority.stands(standing))
      throw new InvalidToken('ended while the socket was open');
    return standing?.principal;
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private closeEnded(): void {
    for (const [socket, standing] of this.sockets) {
      if (standing && this.authority.hasEnded(standing)) this.close(socket); // until it is known, messages get 503
    }
  }

  private close(socket: Duplex): void {
    this.sockets.set(socket, undefined);
    socket.end(closeFrame(4401, 'invalid_token'));
    setTimeout(() => socket.destroy(), LONGEST_FAREWELL).unref();
  }
}
