import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { examine, setupOf } from '@gatehouse/doctor';
import { table } from '@gatehouse/workspace';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CONFIGURATION_FAULTS } from './configuration.faults.js';
import { DATABASE_FAULTS } from './database.faults.js';
import { DoctorsScene } from './doctors.scene.js';
import { RUNNING_FAULTS } from './running.faults.js';
import { holdPort, stranger } from './setup.fault.js';

const FAULTS = [...CONFIGURATION_FAULTS, ...DATABASE_FAULTS, ...RUNNING_FAULTS].filter(
  ({ mysql }) => !mysql || process.env['TEST_MYSQL_URL'],
);

/** Every finding, in the doctor's order. */
async function findingsOf({ env, root }: DoctorsScene) {
  const results = await examine(await setupOf(env, root));
  return results.flatMap(({ check, findings }) => findings.map((finding) => ({ check, ...finding })));
}

describe('the doctor', () => {
  const rows: string[][] = [];
  let scene: DoctorsScene;

  beforeEach(async () => {
    scene = await DoctorsScene.create();
  });
  afterEach(() => scene.close());
  afterAll(() => console.log(`\n${table(['seeded fault', 'named by', 'cause'], rows)}\n`));

  it('finds nothing wrong with what runs well', async () => {
    await scene.startAll();
    expect(await findingsOf(scene)).toEqual([]);
  });

  it('finds nothing wrong with what does not run yet', async () => {
    expect(await findingsOf(scene)).toEqual([]);
  });

  it('finds nothing wrong with a build from a cache of what was checked out since', async () => {
    await scene.withBuiltApps();
    const later = new Date(Date.now() + 60_000);
    for (const file of ['src/main.ts', 'tsconfig.json'])
      utimesSync(join(scene.root, 'apps/articles', file), later, later);
    const results = await examine(await setupOf(scene.env, scene.root));
    expect(results.find(({ check }) => check === 'build')).toMatchObject({ state: 'good' });
  });

  it('does not take strangers at every port for services that run', async () => {
    for (const name of ['identity', 'articles', 'consumer'])
      await holdPort(scene, scene.port(name), stranger());
    const results = await examine(await setupOf(scene.env, scene.root));
    const states = results.map(({ check, state }) => [check, state]);
    expect(states).toEqual(
      expect.arrayContaining([
        ['ports', 'wrong'],
        ['running', 'nothing'],
      ]),
    );
  });

  it('takes an articles at whose port is somebody else for one that does not run', async () => {
    for (const name of ['identity', 'consumer']) await scene.start(name);
    await holdPort(scene, scene.port('articles'), stranger());
    expect(await findingsOf(scene)).toContainEqual(
      expect.objectContaining({
        check: 'running',
        service: 'articles',
        cause: expect.stringContaining('does not run'),
      }),
    );
  });

  it.each(FAULTS)('names the cause first when $what', async ({ what, check, says, seed }) => {
    await seed(scene);
    const findings = await findingsOf(scene);
    rows.push([what, findings[0]?.check ?? '-', findings[0]?.cause ?? 'nothing is wrong']);
    expect(findings[0]).toMatchObject({ check, cause: expect.stringMatching(says) as string });
    expect(findings[0]!.remedy).toMatch(/\w{3}/);
  });

  it('is tried with twenty faults at least', () => {
    expect(FAULTS.length).toBeGreaterThanOrEqual(20);
  });
});
