import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../workspace/apps.ts';

const require = createRequire(import.meta.url);

/** How a tool is run. */
export interface ToolOptions {
  /** Where it runs: the workspace's root by default. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Ends the tool when aborted. */
  readonly signal?: AbortSignal;
  /** Keeps its output to itself, to be shown only where it matters. */
  readonly quiet?: boolean;
  /** Sees its output line by line instead of the terminal. */
  readonly onLine?: (line: string) => void;
}

/** What became of it. */
export interface ToolResult {
  readonly ok: boolean;
  /** What it wrote, when quiet. */
  readonly output: string;
}

/** Runs the command of an installed npm package on this Node. */
export function runTool(
  command: string,
  args: readonly string[],
  options: ToolOptions = {},
): Promise<ToolResult> {
  return runNode([binaryOf(command), ...args], options);
}

/** Runs a script on this Node. */
export function runNode(args: readonly string[], options: ToolOptions = {}): Promise<ToolResult> {
  return runProgram(process.execPath, args, options);
}

/** Runs a program of the machine. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: ToolOptions = {},
): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? ROOT,
      env: { ...process.env, ...options.env },
      stdio: options.quiet || options.onLine ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      ...(options.signal && { signal: options.signal }),
    });
    let output = '';
    const keep = (chunk: Buffer) => (output += options.quiet ? chunk.toString() : '');
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    if (options.onLine && child.stdout) createInterface({ input: child.stdout }).on('line', options.onLine);
    child.once('error', (error) =>
      error.name === 'AbortError' ? resolve({ ok: false, output }) : reject(error),
    );
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/** The script behind a package's command: npm's links to it are shell scripts on Windows. */
function binaryOf(command: string): string {
  const owner = { tsc: 'typescript' }[command] ?? command;
  const manifest = require.resolve(`${owner}/package.json`);
  const { bin } = require(manifest) as { bin: string | Record<string, string> };
  const script = typeof bin === 'string' ? bin : bin[command];
  if (!script) throw new Error(`the package ${owner} has no command ${command}`);
  return join(dirname(manifest), script);
}
