import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import type { DoctorsScene } from './doctors.scene.js';

/** Something that goes wrong with a set-up, and what the doctor must say of it first. */
export interface SetupFault {
  readonly what: string;
  /** The check that must be the first to find something. */
  readonly check: string;
  /** What its cause must say. */
  readonly says: RegExp;
  readonly seed: (scene: DoctorsScene) => Promise<void> | void;
  /** Only where there is a MySQL to do it to. */
  readonly mysql?: true;
}

/** Lets a program that is not ours hold a port of 127.0.0.1. */
export async function holdPort(scene: DoctorsScene, port: number, server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  scene.later(() => {
    if ('closeAllConnections' in server)
      (server as ReturnType<typeof createHttpServer>).closeAllConnections();
    server.close();
  });
}

/** A server that greets whoever connects, and closes. */
export function greeter(words: string): Server {
  return createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(words);
  });
}

/** A web server of somebody else. */
export function stranger(): Server {
  return createHttpServer((_, response) => response.end('hello'));
}
