import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { copyWorkspace } from '@gatehouse/workspace';
import { Running } from './workspace.command.js';

type Environment = Readonly<Record<string, string | undefined>>;

const NOT_COMMITTED = new Set(['.git', '.nx', '.data', '.env', 'node_modules', 'dist']);

/** This workspace once more, for what changes it: in a temporary folder, with everything installed. */
export class WorkspaceCopy {
  readonly root = mkdtempSync(join(tmpdir(), 'gatehouse-workspace-'));

  constructor() {
    copyWorkspace(this.root);
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
      ({ name }) => !NOT_COMMITTED.has(name),
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

/** What Vitest tells its workers is not for a Vitest that a command starts. */
function outsideOfTests(): Environment {
  const names = Object.keys(process.env).filter((name) =>
    /^VITEST|^(NODE_ENV|TEST|MODE|DEV|PROD|SSR)$/.test(name),
  );
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('base64url');
}
