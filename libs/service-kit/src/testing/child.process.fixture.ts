import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Node runs no decorators by itself: Vite's runner does, without a build. */
const RUN = `
  import 'reflect-metadata';
  import { runnerImport } from 'vite';
  const conditions = ['@gatehouse/source', 'node', 'import', 'module', 'default'];
  const config = { configFile: false, logLevel: 'error', resolve: { conditions }, ssr: { resolve: { conditions } } };
  await runnerImport(process.argv[1], config);
`;

/** What a process left behind. */
export interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Starts a TypeScript file of the specs as a process of its own. */
export function startProcess(file: string, url: string, env: Record<string, string>): Child {
  const path = fileURLToPath(new URL(file, url));
  const child = spawn(process.execPath, ['--input-type=module', '-e', RUN, path], {
    env: { PATH: process.env['PATH'], NODE_NO_WARNINGS: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  return { process: child, ended: outcomeOf(child) };
}

/** A running process, and what it will have left behind. */
export interface Child {
  process: ChildProcess;
  ended: Promise<Outcome>;
}

async function outcomeOf(child: ChildProcess): Promise<Outcome> {
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, ...output };
}
