import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type TestDatabase, testDatabases } from '@gatehouse/service-kit/testing';
import { findApps } from '@gatehouse/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { privatePlaces, Running } from '../harness/workspace.command.js';
import { fencedBlocks } from './fenced.blocks.js';

const run = promisify(execFile);

describe('the page for who comes from Vagrant', () => {
  const { sh = [], bash = [], text = [] } = fencedBlocks('from-vagrant.md');
  let databases: TestDatabase[];
  let places: Record<string, string>;
  let running: Running | undefined;

  beforeAll(async () => {
    databases = await Promise.all(findApps().map(() => testDatabases()[0]!.create()));
    places = await privatePlaces(databases);
  });
  afterAll(async () => {
    running?.signal('SIGTERM');
    await running?.ended;
    await Promise.all(databases.map((database) => database.drop()));
  });

  it('starts everything by its one command, which then answers as it says', async () => {
    running = new Running('sh', ['-c', `exec ${sh.join('')}`], places);
    await expect.poll(() => running!.output, { timeout: 60_000 }).toContain('Ctrl-C');
    const env = { ...process.env, CONSUMER: `http://localhost:${places['CONSUMER_PORT']}` };
    expect((await run('bash', ['-euc', bash.join('')], { env })).stdout).toBe(text.join(''));
  });

  it('is right that a variable of a link is refused', async () => {
    const linked = new Running('sh', ['-c', sh.join('')], {
      ...places,
      IDENTITY_PORT: 'tcp://172.17.0.2:3000',
    });
    expect([await linked.ended, linked.output]).toEqual([
      1,
      expect.stringContaining('IDENTITY_PORT is no port'),
    ]);
  });
});
