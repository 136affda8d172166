import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { basename } from 'node:path';
import { ROOT } from '@gatehouse/workspace';

const LEFT_OUT = new Set(['.git', '.nx', '.data', '.env', '.bench', 'node_modules', 'dist']);

/** Puts the workspace into an empty folder as a clone has it: nothing installed, nothing built, no data. */
export function copyFresh(to: string): void {
  cpSync(ROOT, to, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !LEFT_OUT.has(basename(path)),
  });
}

/** Installs what it needs. @returns how many seconds that took */
export async function install(folder: string): Promise<number> {
  const begun = performance.now();
  const npm = spawn('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    env: cleanEnvironment(),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(npm, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`npm ci ended with ${code}`);
  return (performance.now() - begun) / 1_000;
}

/** This environment without what npm has put into it for the workspace it was called in. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$|NODE_ENV$)/.test(name));
  return Object.fromEntries(entries);
}
