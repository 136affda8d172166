import { existsSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Loads the `.env` of the app whose main this process runs, where there is one. What the environment says already, wins.
 *
 * @param main path of the app's main; `.env` lies beside the app's package.json
 */
export function loadEnvironmentFile(main = process.argv[1]): void {
  const manifest = main && findPackageJSON(pathToFileURL(main));
  if (!manifest) return;
  const file = join(dirname(manifest), '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}
