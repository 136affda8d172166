import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { Schedule, type ScheduledWork } from './schedule.js';
import { ScheduledTask } from './scheduled-task.entity.js';
import { Turns } from './turns.js';

describe.each(testDatabases())('what is done by the clock on $name', (database) => {
  let app: IdentityTestApp;
  let replica: IdentityTestApp;
  let doneBy: IdentityTestApp[];
  beforeEach(async () => {
    app = await createIdentityTestApp({ database });
    replica = await createIdentityTestApp({ databaseUrl: app.databaseUrl });
    doneBy = [];
    for (const each of [app, replica]) await each.get(Turns).announce('work');
  });
  afterEach(async () => {
    vi.useRealTimers();
    await replica.close();
    await app.close();
  });

  const later = (milliseconds: number) =>
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds });
  const runAt = (at: IdentityTestApp, step: ScheduledWork['step'] = () => Promise.resolve(false)) =>
    at.get(Schedule).runNow({
      name: 'work',
      every: 10_000,
      step: () => {
        doneBy.push(at);
        return step();
      },
    });

  it('is known by name from the start', async () => {
    const rows = await app.get(Database).manager.find(ScheduledTask, { order: { name: 'ASC' } });
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['housekeeping', 'key-rotation']));
  });

  it('is done by one replica, of many that come at once', async () => {
    await Promise.all([runAt(app), runAt(replica), runAt(app), runAt(replica)]);
    expect(doneBy).toHaveLength(1);
  });

  it('is done again when it is time, by whoever comes first', async () => {
    await runAt(app);
    await runAt(replica);
    expect(doneBy).toEqual([app]);
    later(5_001);
    await runAt(replica);
    await runAt(app);
    expect(doneBy).toEqual([app, replica]);
  });

  it('goes on at once while there is more to do', async () => {
    let parts = 3;
    await runAt(app, () => Promise.resolve((parts -= 1) > 0));
    expect(doneBy).toEqual([app, app, app]);
  });

  it('is taken over from a replica that died at it, and not from one that goes on', async () => {
    await app.get(Turns).take('work');
    later(59_000);
    await runAt(replica);
    await app.get(Turns).keep('work');
    later(59_000);
    await runAt(replica);
    expect(doneBy).toEqual([]);
    later(2_000);
    await runAt(replica);
    expect(doneBy).toEqual([replica]);
    expect(await app.get(Turns).keep('work')).toBe(false);
  });

  it('is tried again after it went wrong', async () => {
    await runAt(app, () => Promise.reject(new Error('the database is away')));
    later(60_001);
    await runAt(replica);
    expect(doneBy).toEqual([app, replica]);
  });

  it('is finished before the replica stops, and begun by none that does', async () => {
    const gate = Promise.withResolvers<void>();
    let isFinished = false;
    void runAt(replica, async () => {
      await gate.promise;
      isFinished = true;
      return true;
    });
    await vi.waitFor(() => expect(doneBy).toHaveLength(1), { timeout: 10_000 });
    const closing = replica.close();
    setTimeout(() => gate.resolve(), 100);
    await closing;
    expect([isFinished, doneBy.length]).toEqual([true, 1]);
    await runAt(replica);
    await runAt(app);
    expect(doneBy).toEqual([replica, app]);
    replica = await createIdentityTestApp({ databaseUrl: app.databaseUrl });
  });
});
