import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '@gatehouse/workspace';
import { clientTypes } from './client.types.ts';

const OPTIONS = [
  '--noEmit',
  '--strict',
  '--skipLibCheck',
  '--ignoreConfig',
  '--module',
  'nodenext',
  '--lib',
  'es2024,dom',
];

/**
 * Compiles a program that calls a service through a typed client.
 *
 * @param document the service's OpenAPI document
 * @param program TypeScript that finds the types in `./types.js`, and the client in `openapi-fetch`
 * @returns what the compiler says; nothing where all is well
 */
export async function compileClient(document: object, program: string): Promise<string> {
  const folder = temporaryFolder();
  try {
    writeFileSync(join(folder, 'types.ts'), await clientTypes(document));
    writeFileSync(join(folder, 'program.ts'), program);
    await promisify(execFile)(join(ROOT, 'node_modules/.bin/tsc'), [...OPTIONS, join(folder, 'program.ts')]);
    return '';
  } catch (error) {
    return (error as { stdout?: string }).stdout || String(error);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Within the workspace, where the packages are found. */
function temporaryFolder(): string {
  const cache = join(ROOT, 'tools/typed-client/dist');
  mkdirSync(cache, { recursive: true });
  return mkdtempSync(join(cache, 'client-'));
}
