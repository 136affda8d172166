import { execFileSync } from 'node:child_process';
import { type TestDatabase, testDatabases } from '@gatehouse/service-kit/testing';
import { findApps, isFree, settingPrefix } from '@gatehouse/workspace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { send } from '../harness/http.js';
import { descendantsOf } from '../harness/processes.js';
import { READER, tokenFor } from '../harness/sign-in.js';
import { npmStart, privatePlaces, type Running } from '../harness/workspace.command.js';

const sqlite = testDatabases()[0]!;

describe('npm start', () => {
  let databases: TestDatabase[];
  let places: Record<string, string>;
  let running: Running | undefined;
  const portOf = (name: string) => Number(places[`${name.toUpperCase()}_PORT`]);
  const urlOf = (name: string) => `http://127.0.0.1:${portOf(name)}`;
  const start = async () => {
    running = npmStart(places);
    await expect.poll(() => running!.output, { timeout: 30_000 }).toContain('Ctrl-C');
    return running;
  };
  const nothingListens = async () => {
    const free = await Promise.all(findApps().map(({ name }) => isFree(portOf(name))));
    return free.every(Boolean);
  };

  beforeEach(async () => {
    databases = await Promise.all(findApps().map(() => sqlite.create()));
    places = await privatePlaces(databases);
  });
  afterEach(async () => {
    running?.signal('SIGTERM');
    await running?.ended;
    running = undefined;
    await Promise.all(databases.map((database) => database.drop()));
  });

  it('says where the services are and what to try, and what it says works', async () => {
    const { output } = await start();
    for (const { name } of findApps()) expect(output).toContain(`http://localhost:${portOf(name)}/docs`);
    const examples = output.split('\n').filter((line) => /^ {2}(TOKEN=\$\()?curl /.test(line));
    const answers = execFileSync('sh', ['-ec', examples.join('\n')], { encoding: 'utf8' });
    const shown = examples.filter((line) => line.includes('curl -i'));
    expect(shown.length).toBeGreaterThan(1);
    expect(answers.match(/HTTP\/1.1 200 /g)).toHaveLength(shown.length);
    expect(answers.match(/first article body/g)).toHaveLength(2);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('stops everything on %s, and exits with 0', async (signal) => {
    const { ended } = await start();
    running!.signal(signal);
    expect(await ended).toBe(0);
    expect(await nothingListens()).toBe(true);
    expect(running!.output.split('Stopping.')[1]?.trim()).toBe('');
    running = undefined;
  });

  it('leaves nothing running when it is killed outright', async () => {
    const { pid, ended } = await start();
    const starter = descendantsOf(pid).find(({ command }) => command.includes('run.js start'))!;
    for (const each of [pid, starter.pid]) process.kill(each, 'SIGKILL');
    await ended;
    running = undefined;
    await expect.poll(nothingListens, { timeout: 10_000 }).toBe(true);
  });

  it('keeps the data over a second start', async () => {
    await start();
    const bearer = await tokenFor(urlOf('identity'), READER);
    const body = { title: 'kept', body: 'over a restart' };
    const created = await send(`${urlOf('articles')}/articles`, { method: 'POST', bearer, body });
    const place = new URL(created.headers['location']!, urlOf('articles')).pathname;
    running!.signal('SIGTERM');
    await running!.ended;
    await start();
    const read = await send(urlOf('articles') + place, { bearer });
    expect([read.status, read.json()]).toEqual([200, created.json()]);
  });

  it('stops the others when one service dies, and says which', async () => {
    const { ended, pid } = await start();
    const victim = descendantsOf(pid).find(({ command }) => command.includes('apps/articles/dist/main.js'))!;
    process.kill(victim.pid, 'SIGKILL');
    expect(await ended).toBe(1);
    expect(running!.output).toContain('articles was ended by SIGKILL');
    expect(await nothingListens()).toBe(true);
    running = undefined;
  });

  it('names the taken port, its setting and the remedy, and starts nothing', async () => {
    const taken = { ...places, CONSUMER_PORT: places['ARTICLES_PORT']! };
    const other = npmStart(places);
    await expect.poll(() => other.output, { timeout: 30_000 }).toContain('Ctrl-C');
    running = npmStart(taken);
    expect(await running.ended).toBe(1);
    expect(running.output).toMatch(/Port \d+ is in use, so \w+ cannot start: .*_PORT=\d+ npm start/);
    running = other;
  });

  it('says what is wrong with a configuration, of which service, and stops', async () => {
    running = npmStart({ ...places, [`${settingPrefix({ name: 'articles' })}_LOG_LEVEL`]: 'loud' });
    expect(await running.ended).toBe(1);
    expect(running.output).toMatch(/articles .*LOG_LEVEL/s);
    expect(running.output).not.toMatch(/ at .+:\d+:\d+/);
    expect(await nothingListens()).toBe(true);
    running = undefined;
  });
});
