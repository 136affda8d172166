import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { ROOT } from '@gatehouse/workspace';
import { linkTree } from './linked.tree.js';
import { Running } from './workspace.command.js';

type Environment = Readonly<Record<string, string | undefined>>;

const LEFT_OUT = new Set(['.git', '.nx', '.data', '.env', 'node_modules']);

/** This workspace once more, for what changes it: in a temporary folder, with everything installed. */
export class WorkspaceCopy {
  readonly root = mkdtempSync(join(tmpdir(), 'gatehouse-workspace-'));

  constructor() {
    const filter = (path: string) => !LEFT_OUT.has(basename(path));
    cpSync(ROOT, this.root, { recursive: true, verbatimSymlinks: true, filter });
    for (const folder of installedUnder(ROOT)) linkTree(folder, join(this.root, relative(ROOT, folder)));
  }

  /** Runs a command line in it, as a person types it there. */
  start(command: string, env: Environment = {}): Running {
    const PATH = `${join(this.root, 'node_modules/.bin')}:${process.env['PATH']}`;
    const line = ['-euo', 'pipefail', '-c', command];
    return new Running('bash', line, { ...outsideOfTests(), PATH, ...env }, this.root);
  }

  /** The same, to its end. */
  async run(command: string, env: Environment = {}): Promise<{ code: number | null; output: string }> {
    const running = this.start(command, env);
    return { code: await running.ended, output: running.output };
  }

  /** A digest of every file that people commit, by its path. */
  files(folder = this.root): Record<string, string> {
    const entries = readdirSync(folder, { withFileTypes: true }).filter(
      ({ name }) => !LEFT_OUT.has(name) && name !== 'dist',
    );
    const found = entries.map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? this.files(path) : { [relative(this.root, path)]: digestOf(path) };
    });
    return Object.assign({}, ...found) as Record<string, string>;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Where npm has put packages: the root, and whichever projects have one of another version. */
function installedUnder(folder: string, depth = 0): string[] {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name }) => {
    if (name === 'node_modules') return [join(folder, name)];
    return depth < 2 && !LEFT_OUT.has(name) ? installedUnder(join(folder, name), depth + 1) : [];
  });
}

/** What Vitest tells its workers is not for a Vitest that a command starts. */
function outsideOfTests(): Environment {
  const names = Object.keys(process.env).filter((name) =>
    /^VITEST|^(NODE_ENV|TEST|MODE|DEV|PROD|SSR|FORCE_COLOR)$/.test(name),
  );
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('base64url');
}
