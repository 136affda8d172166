import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../processes/ports.ts';
import { PrivateServer } from '../processes/private.server.ts';
import { findProgram } from '../processes/programs.ts';

/** The machine's own Valkey or Redis server, where it has one. */
export function findValkey(): string | undefined {
  return findProgram('valkey-server') ?? findProgram('redis-server');
}

/** A Valkey or Redis of our own: on a free loopback port, with nothing on disk, gone when closed. */
export class PrivateValkey extends PrivateServer {
  readonly port: number;

  private constructor(program: string, folder: string, port: number) {
    super({
      program,
      arguments: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder],
      port,
      folder,
      greeting: 'PING\r\n',
      says: (words) => words.toString().startsWith('+PONG'),
    });
    this.port = port;
  }

  static async start(program: string): Promise<PrivateValkey> {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-valkey-'));
    const valkey = new PrivateValkey(program, folder, await freePort());
    try {
      await valkey.up();
    } catch (error) {
      await valkey.close();
      throw error;
    }
    return valkey;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }
}
