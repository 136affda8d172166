import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '@gatehouse/workspace';

const run = promisify(execFile);

/** An empty folder outside of this repository, with the packed libraries and Nest installed in it. */
export class BareApp {
  private constructor(
    readonly folder: string,
    /** The files in each package, by the package's name. */
    readonly packed: Readonly<Record<string, readonly string[]>>,
  ) {}

  /** @param pack the command line that packs the libraries */
  static async install(pack: string, packages: readonly string[]): Promise<BareApp> {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bare-'));
    const line = `${pack} --json --pack-destination '${folder}'`;
    const { stdout } = await run('bash', ['-c', line], { cwd: ROOT });
    const packed = Object.values(JSON.parse(stdout) as Record<string, Packed>);
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    const files = packed.map(({ filename }) => `./${filename}`);
    const versions = packages.map((name) => `${name}@${versionOf(name)}`);
    const options = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
    await run('npm', ['install', ...options, ...files, ...versions], { cwd: folder });
    return new BareApp(
      folder,
      Object.fromEntries(packed.map(({ name, files: all }) => [name, all.map(({ path }) => path)])),
    );
  }

  /** Compiles a main with this workspace's compiler; gives what is wrong with it, or with the packages' types. */
  async compile(name: string, main: string, moduleResolution: 'nodenext' | 'bundler'): Promise<string[]> {
    const folder = join(this.folder, name);
    mkdirSync(folder);
    writeFileSync(join(folder, 'main.ts'), main);
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(compilerOptions(moduleResolution)));
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const { stdout } = await run(process.execPath, [tsc, '-p', folder]).catch(
      (error: unknown) => error as { stdout: string },
    );
    return stdout.split('\n').filter((line) => line.includes('error TS'));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

interface Packed {
  name: string;
  filename: string;
  files: { path: string }[];
}

function compilerOptions(moduleResolution: 'nodenext' | 'bundler'): object {
  return {
    compilerOptions: {
      target: 'es2024',
      module: moduleResolution === 'nodenext' ? 'nodenext' : 'preserve',
      moduleResolution,
      strict: true,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      skipLibCheck: false,
      outDir: 'dist',
      types: ['node'],
      typeRoots: [join(ROOT, 'node_modules/@types')],
    },
    files: ['main.ts'],
  };
}

/** The version this workspace has, which npm then has in its cache. */
function versionOf(name: string): string {
  const manifest = join(ROOT, 'node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
