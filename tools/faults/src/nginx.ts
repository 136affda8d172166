import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@gatehouse/workspace';

/** An nginx of our own in front of some replicas: on a free port, its files in a temporary folder. */
export class Nginx {
  readonly port: number;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(port: number, folder: string, process: ChildProcess) {
    this.port = port;
    this.#folder = folder;
    this.#process = process;
  }

  /** Whether this machine has one. */
  static isInstalled(): boolean {
    try {
      execFileSync('nginx', ['-v'], { stdio: 'ignore', env: environment() });
      return true;
    } catch {
      return false;
    }
  }

  static async start(upstreams: readonly string[]): Promise<Nginx> {
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-nginx-'));
    const file = join(folder, 'nginx.conf');
    writeFileSync(file, configuration(port, folder, upstreams));
    const process = spawn('nginx', ['-p', folder, '-c', file, '-e', 'stderr'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: environment(),
    });
    const nginx = new Nginx(port, folder, process);
    for (let tries = 0; tries < 100 && !(await accepts(port)); tries += 1) await sleep(50);
    return nginx;
  }

  async close(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Servers live in sbin, which is not on everybody's PATH. */
function environment(): Record<string, string> {
  return { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` };
}

/** As deploy/ has it: what one replica refuses, or does not take, goes to the other one. */
function configuration(port: number, folder: string, upstreams: readonly string[]): string {
  const servers = upstreams.map((url) => `server ${new URL(url).host} max_fails=0;`).join(' ');
  return `daemon off; master_process off; pid ${folder}/pid; error_log stderr crit;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/f;
  uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  upstream identity { ${servers} keepalive 32; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://identity;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_next_upstream error timeout http_503 non_idempotent;
    }
  }
}
`;
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false; // Not yet.
  } finally {
    socket.destroy();
  }
}
