import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What came of `npm run shell`. */
export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

const MAIN = join(import.meta.dirname, '../main.ts');

/** Puts a program on a PATH of the test's own that tells how it was called. */
export function addProgram(folder: string, name: string): void {
  mkdirSync(folder, { recursive: true });
  const script = `#!/bin/sh\necho "ran ${name} $*"\n[ -n "$AWS_SSM_START_SESSION_RESPONSE" ] && echo "with a session"\nexit 7\n`;
  writeFileSync(join(folder, name), script);
  chmodSync(join(folder, name), 0o755);
}

/** Runs it against a double, with nothing of the machine's own credentials. */
export async function runShell(
  args: readonly string[],
  endpoint: string,
  path: string,
  env: Record<string, string> = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: {
      PATH: path,
      HOME: path,
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIADOUBLE',
      AWS_SECRET_ACCESS_KEY: 'double-secret-key',
      AWS_EC2_METADATA_DISABLED: 'true',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code: code as number | null, output: out + err };
}
