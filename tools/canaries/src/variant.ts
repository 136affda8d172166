import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyWorkspace, runNode, Trouble } from '@gatehouse/workspace';
import type { Edit } from './canary.ts';

/** A copy of the workspace that may be broken: nothing in the services themselves knows of it. */
export class Variant {
  readonly root = mkdtempSync(join(tmpdir(), 'gatehouse-canaries-'));

  constructor() {
    copyWorkspace(this.root);
  }

  /** Changes the sources, does `work`, and puts them back. */
  async with<T>(edits: readonly Edit[], work: () => Promise<T>): Promise<T> {
    const files = [...new Set(edits.map(({ file }) => join(this.root, file)))];
    const before = files.map((file) => [file, readFileSync(file, 'utf8')] as const);
    for (const edit of edits) this.#change(edit);
    try {
      return await work();
    } finally {
      for (const [file, text] of before) writeFileSync(file, text);
    }
  }

  /** Builds it as it is now. */
  async build(): Promise<void> {
    const compiler = join(this.root, 'node_modules/typescript/bin/tsc');
    const { ok, output } = await runNode([compiler, '-b', 'tsconfig.build.json'], {
      cwd: this.root,
      quiet: true,
    });
    if (!ok) throw new Trouble(`The flaw does not compile:\n${output}`);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #change(edit: Edit): void {
    const file = join(this.root, edit.file);
    writeFileSync(file, changed(readFileSync(file, 'utf8'), edit));
  }
}

/**
 * The text with the edit made.
 *
 * @throws Trouble when what it replaces does not stand there once: the code has moved on, and the flaw has to follow
 */
export function changed(text: string, { file, from, to }: Edit): string {
  const parts = text.split(from);
  if (parts.length !== 2)
    throw new Trouble(`${file} holds ${parts.length - 1} times what it should once:\n${from}`);
  return parts.join(to);
}
