import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from './command.js';
import { startPlainService } from './plain/plain.service.fixture.js';
import type { ServiceUnderTest } from './conformance.js';

const ISSUER_PORT = '5478';
const PORT = 5479;
const SETTINGS = {
  issuer: `http://127.0.0.1:${ISSUER_PORT}`,
  audience: 'gatehouse',
  client: { id: 'consumer', secret: 'conformance-kit-and-nobody-else' },
  feedMaxStaleness: 5,
};

describe('gatehouse-conform', () => {
  let out: string;
  let folder: string;
  let service: ServiceUnderTest | undefined;
  const terminal = {
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: (text: string) => (out += text) },
  };
  const conform = (...args: string[]) => run(args, terminal);

  beforeEach(async () => {
    out = '';
    folder = await mkdtemp(join(tmpdir(), 'conform-'));
  });
  afterEach(async () => {
    await service?.close?.();
    service = undefined;
    await rm(folder, { recursive: true });
  });

  const unsafe = [
    '--unsafe',
    'PUT /orders 200',
    '--unsafe',
    'POST /orders',
    '--unsafe-status',
    '201',
    '--unsafe-scope',
    'orders:write',
    '--field',
    'note=x',
  ];
  const reports = () => ['--json', join(folder, 'report.json'), '--junit', join(folder, 'report.xml')];
  const conformAt = (...more: string[]) =>
    conform(
      `http://127.0.0.1:${PORT}`,
      '--route',
      'GET /orders',
      '--scope',
      'orders:read',
      '--issuer-port',
      ISSUER_PORT,
      ...more,
    );

  it('tells the settings, waits, tries, and writes its reports', { timeout: 90_000 }, async () => {
    const running = conformAt(...unsafe, ...reports());
    service = await startPlainService(SETTINGS, undefined, PORT);
    expect(await running).toBe(0);
    expect(out).toContain(`ISSUER=http://127.0.0.1:${ISSUER_PORT}`);
    expect(out).toMatch(/\d{3} passed, 0 failed, 0 lacking/);
    expect(JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))).toMatchObject({ passed: true });
    expect(await readFile(join(folder, 'report.xml'), 'utf8')).toMatch(
      /<testsuite name="gatehouse-conform" tests="\d+" failures="0"/,
    );
  });

  it('fails where a case cannot be run and nobody declared why', { timeout: 90_000 }, async () => {
    const running = conformAt('--without', 'cookie', '--without', 'api-key');
    service = await startPlainService(SETTINGS, undefined, PORT);
    expect(await running).toBe(1);
    expect(out).toContain('names no route with an unsafe method, nor declares that it has none');
    expect(out).toContain('Declared as lacking: cookie, api-key.');
  });

  it('says that nobody answers', async () => {
    expect(await conformAt('--patience', '1')).toBe(2);
    expect(out).toContain(`Nobody answers at http://127.0.0.1:${PORT}`);
  });

  it.each([
    [['orders'], 'Give the one URL of the service'],
    [['http://127.0.0.1:1'], 'Name a guarded route'],
    [['http://127.0.0.1:1', '--route', 'orders'], '"orders" is no route'],
    [['http://127.0.0.1:1', '--route', 'GET /x', '--unsafe', 'POST /x 2O1'], '"POST /x 2O1" is no route'],
    [['http://127.0.0.1:1', '--route', 'GET /x', '--without', 'all'], 'There is no "all" to be without'],
    [['http://127.0.0.1:1', '--route', 'GET /x', '--status', 'ok'], '--status takes a number'],
    [['http://127.0.0.1:1', '--colour'], "Unknown option '--colour'"],
  ])('refuses %j', async (args, sentence) => {
    expect(await conform(...args)).toBe(2);
    expect(out).toContain(sentence);
  });

  it('helps', async () => {
    expect(await conform('--help')).toBe(0);
    expect(out).toContain('--without NAME');
  });
});
