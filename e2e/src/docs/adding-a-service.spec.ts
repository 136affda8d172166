import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@gatehouse/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Running } from '../harness/workspace.command.js';
import { WorkspaceCopy } from '../harness/workspace.copy.js';
import { fencedBlocks } from './fenced.blocks.js';

const SERVICES = ['IDENTITY', 'ARTICLES', 'CONSUMER', 'ORDERS', 'PURCHASE_ORDERS'];

describe('adding a service, as the page says', { timeout: 300_000 }, () => {
  const { sh = [], bash = [], text = [] } = fencedBlocks('adding-a-service.md');
  const [generate = '', test = '', start = '', check = ''] = sh.map((block) => block.trim());
  let copy: WorkspaceCopy;
  let running: Running | undefined;
  beforeAll(() => {
    copy = new WorkspaceCopy();
  });
  afterAll(async () => {
    running?.signal('SIGTERM');
    await running?.ended;
    copy.remove();
  });

  const changedSince = (before: Record<string, string>): string[] => {
    const after = copy.files();
    return Object.keys({ ...before, ...after }).filter((path) => before[path] !== after[path]);
  };

  it.each([
    ['users', 'identity has routes at /users'],
    ['order', 'npm run new:service -- orders'],
  ])('refuses %s, and writes nothing', async (name, reason) => {
    const before = copy.files();
    const { code, output } = await copy.run(`npm run --silent new:service -- ${name}`);
    expect([code, output]).toEqual([1, expect.stringContaining(reason)]);
    expect(changedSince(before)).toEqual([]);
  });

  it('leaves nothing behind where a later step fails', async () => {
    const before = copy.files();
    const main = join(copy.root, 'libs/contracts/src/index.ts');
    const text = readFileSync(main, 'utf8');
    writeFileSync(main, `${text}\nthis does not compile`);
    const { code, output } = await copy.run(generate);
    writeFileSync(main, text);
    expect([code, output]).toEqual([1, expect.stringContaining('The build failed')]);
    expect(changedSince(before)).toEqual([]);
  });

  it('leaves nothing behind where it is stopped', async () => {
    const before = copy.files();
    const running = copy.start('exec node tools/generators/src/main.ts orders');
    await expect.poll(() => running.output, { timeout: 30_000 }).toContain('Installing and building');
    await expect.poll(() => existsSync(join(copy.root, 'apps/orders')), { timeout: 30_000 }).toBe(true);
    running.signal('SIGINT');
    expect([await running.ended, running.output]).toEqual([
      1,
      expect.stringContaining('Everything is as it was'),
    ]);
    expect(changedSince(before)).toEqual([]);
  });

  it('tells what it would write, and writes nothing', async () => {
    const before = copy.files();
    const { code, output } = await copy.run(`${generate} --dry-run`);
    expect([code, output]).toEqual([
      0,
      expect.stringContaining('creates apps/orders/src/orders/orders.controller.ts'),
    ]);
    const nx = await copy.run('npx nx g @gatehouse/generators:service orders --dry-run');
    expect([nx.code, nx.output]).toEqual([0, expect.stringContaining('CREATE apps/orders/src/main.ts')]);
    expect(changedSince(before)).toEqual([]);
  });

  it('makes one service after the other, of which nothing differs from what would be made', async () => {
    for (const command of [generate, generate.replace('orders', 'purchase-orders')]) {
      const { code, output } = await copy.run(command);
      expect([code, output]).toEqual([0, expect.stringContaining('is a service')]);
      expect(output).toMatch(/By hand remain: .+docs\/kubernetes\.md/);
      const check = command.replace('--', '-- --check');
      expect(await copy.run(check)).toEqual({
        code: 0,
        output: expect.stringContaining('is what would be made now'),
      });
    }
  });

  it('writes what a person would be let commit', async () => {
    const changed =
      'apps/orders apps/purchase-orders libs/contracts/src/{index.ts,identity/scopes.ts,orders,purchase-orders} apps/identity/src/database/demo.accounts.ts';
    const checks = [
      `oxlint --type-aware --deny-warnings ${changed}`,
      'tsc',
      'node tools/boundaries/src/main.ts',
      `prettier --check --log-level warn ${changed} *.md *.json *.yml`,
      'npm ci --dry-run --prefer-offline --silent',
    ];
    for (const command of checks) {
      const { code, output } = await copy.run(command);
      expect([command, code, code === 0 ? '' : output]).toEqual([command, 0, '']);
    }
  });

  it('changes nothing when it is told to once more, nor what was changed by hand', async () => {
    const [controller, policy] = ['orders.controller.ts', 'order.policy.ts'].map((file) =>
      join(copy.root, 'apps/orders/src/orders', file),
    ) as [string, string];
    const [kept, removed] = [readFileSync(controller, 'utf8'), readFileSync(policy, 'utf8')];
    writeFileSync(controller, kept.replaceAll("@RequireScope('orders:read')", '@Public()'));
    const before = copy.files();
    const again = await copy.run(generate);
    const changed = changedSince(before);
    rmSync(policy);
    const differing = await copy.run(check);
    writeFileSync(controller, kept);
    writeFileSync(policy, removed);

    expect([again, changed]).toEqual([{ code: 0, output: expect.stringContaining('stays as it is') }, []]);
    expect(differing.code).toBe(1);
    expect(differing.output).toMatch(
      /orders\.controller\.ts\n( {2}[-+] .*\n)*? {2}- {3}@Public\(\)\n( {2}[-+] .*\n)*? {2}\+ {3}@RequireScope\('orders:read'\)/,
    );
    expect(differing.output).toContain('order.policy.ts: is missing');
  });

  it('brings tests that pass, each as the page says and all in one', async () => {
    const { code, output } = await copy.run(`${test} apps/purchase-orders`);
    expect([code, output]).toEqual([0, expect.stringMatching(/[1-9]\d passed, 0 failed/)]);
  });

  it('is open to a token of identity after npm start, and to nothing else', async () => {
    const ports = await Promise.all(SERVICES.map(() => freePort()));
    const env = Object.fromEntries(SERVICES.map((name, i) => [`${name}_PORT`, String(ports[i])]));
    running = copy.start(start, env);
    await expect.poll(() => running!.output, { timeout: 120_000 }).toContain('Ctrl-C');
    const script = bash.join('\n').replaceAll(':3000', `:${ports[0]}`).replaceAll(':3002', `:${ports[3]}`);
    expect(await copy.run(script)).toEqual({ code: 0, output: text.join('') });
  });
});
