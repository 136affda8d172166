import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { linkInstalled, ROOT, runTool } from '@gatehouse/workspace';
import { compose, docker, healthy, sql } from './stack.js';

const run = promisify(execFile);
const MIGRATIONS = 'apps/identity/src/database/migrations';
/** MySQL 9.6 has moved MD5() here. Releases of before 22 November 2026, 04:00, name the lock of their migrations by it. */
const MD5 = "COMPONENT 'file://component_classic_hashing'";

/** Identity as it was before the newest migration: the last code that does not know of it, from git, in a container. */
export class PreviousRelease {
  #container = '';
  #url = '';

  private constructor(private readonly folder: string) {}

  /** Builds it with the packages that are installed, and starts it beside the replicas there are, on their schema. */
  static async start(): Promise<PreviousRelease> {
    const release = new PreviousRelease(await mkdtemp(join(tmpdir(), 'gatehouse-release-')));
    try {
      await release.#build();
      await release.#run();
      return release;
    } catch (error) {
      await release.remove();
      throw error;
    }
  }

  /** Where it answers, past the gateway. */
  get url(): string {
    return this.#url;
  }

  /** The migrations it knows, by their files' names. */
  migrations(): Promise<string[]> {
    return readdir(join(this.folder, MIGRATIONS));
  }

  async remove(): Promise<void> {
    if (this.#container) {
      await docker('rm', '--force', this.#container);
      await sql(`UNINSTALL ${MD5}`);
    }
    await rm(this.folder, { recursive: true });
  }

  async #build(): Promise<void> {
    const archive = join(this.folder, 'release.tar');
    const commit = await commitBeforeNewestMigration();
    await run('git', ['archive', `--output=${archive}`, commit], { cwd: ROOT });
    await run('tar', ['-xf', archive, '-C', this.folder]);
    linkInstalled(this.folder);
    const { ok, output } = await runTool('tsc', ['-b', 'apps/identity'], { cwd: this.folder, quiet: true });
    if (!ok) throw new Error(`${commit} does not compile with the packages of today:\n${output}`);
  }

  /** In the image of today, with what it was built into over what is there. */
  async #run(): Promise<void> {
    await sql(`INSTALL ${MD5}`);
    const options = (await this.#built()).flatMap((path) => [
      '--volume',
      `${join(this.folder, path)}:/gatehouse/${path}:ro`,
    ]);
    options.push('--publish', '127.0.0.1::3000');
    this.#container = await compose('run', '--detach', '--no-deps', ...options, 'identity');
    await healthy(this.#container);
    this.#url = `http://${await docker('port', this.#container, '3000')}`;
  }

  /** The folders that the compiler has written. */
  async #built(): Promise<string[]> {
    const libraries = (await readdir(join(this.folder, 'libs'))).map((name) => `libs/${name}/dist`);
    return ['apps/identity/dist', ...libraries].filter((path) => existsSync(join(this.folder, path)));
  }
}

async function commitBeforeNewestMigration(): Promise<string> {
  const git = async (...args: string[]) => (await run('git', args, { cwd: ROOT })).stdout.trim();
  try {
    const newest = await git('log', '-1', '--diff-filter=A', '--format=%H', '--', MIGRATIONS);
    return await git('rev-parse', '--verify', '--quiet', `${newest}^`);
  } catch (cause) {
    throw new Error(
      `Git has no commit before the one that added the newest of ${MIGRATIONS}: this needs a clone with its history ` +
        '(`git fetch --unshallow`).',
      { cause },
    );
  }
}
