import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ROOT } from '@gatehouse/workspace';

const run = promisify(execFile);

/** Where the gateway listens. */
export const ORIGIN = process.env['GATEHOUSE_ORIGIN'] ?? 'http://localhost:8080';

/** The services by their ports. */
export const BY_PORT = {
  identity: 'http://localhost:3000',
  articles: 'http://localhost:3001',
  consumer: 'http://localhost:4000',
} as const;

/** Runs `docker compose` on the stack under test; gives what it wrote. */
export function compose(...args: string[]): Promise<string> {
  return docker('compose', ...args);
}

/** Runs `docker`; gives what it wrote. */
export async function docker(...args: string[]): Promise<string> {
  const { stdout } = await run('docker', args, { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 });
  return stdout.trim();
}

/** The ids of a service's containers, replica by replica. */
export async function replicasOf(service: string): Promise<string[]> {
  return (await compose('ps', '--quiet', service)).split('\n');
}

/** Runs a script on the Node of a service's container; gives what it wrote. */
export function inside(service: string, script: string): Promise<string> {
  return compose('exec', '-T', service, 'node', '--input-type=module', '-e', script);
}

/** Waits until Docker calls a container healthy. */
export async function healthy(container: string, patience = 60_000): Promise<void> {
  for (const deadline = Date.now() + patience; ; await new Promise((next) => setTimeout(next, 200))) {
    const health = await docker('inspect', '--format', '{{.State.Health.Status}}', container);
    if (health === 'healthy') return;
    if (Date.now() > deadline) throw new Error(`${container} is still ${health}`);
  }
}

/** Runs SQL as root; gives its rows, without a heading, columns by tabs. */
export function sql(text: string, ...options: string[]): Promise<string> {
  return asRoot(`mysql --batch --skip-column-names ${options.join(' ')} -e "$0"`, text);
}

/** Runs a line of shell in the container of MySQL, whose client tools are root there. */
export function asRoot(line: string, ...args: string[]): Promise<string> {
  const script = `export MYSQL_PWD=$(cat /run/secrets/mysql_root_password); ${line}`;
  return compose('exec', '-T', 'mysql', 'bash', '-euo', 'pipefail', '-c', script, ...args);
}
