import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { fencedBlocks } from './fenced.blocks.js';

const run = promisify(execFile);
const DOORS = ['knock', 'doorkeeper', 'devise-key', 'browser'];

describe.each(testDatabases())('the clients in the pages of the doors, on $name', (kind) => {
  let gatehouse: Gatehouse;
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    gatehouse = await startGatehouse(kind);
    env = { ...process.env, IDENTITY: gatehouse.identity, ARTICLES: gatehouse.articles };
  });
  afterAll(() => gatehouse?.stop());

  it.each(DOORS)('%s: by hand and as a script print what the page says', async (door) => {
    const { sh = [], js = [], text = [] } = fencedBlocks(`doors/${door}.md`);
    const byHand = await run('bash', ['-euo', 'pipefail', '-c', sh.join('\n')], { env });
    const script = await run(process.execPath, ['--input-type=module', '--eval', js.join('\n')], { env });
    expect([byHand.stdout, script.stdout]).toEqual(text);
  });
});
