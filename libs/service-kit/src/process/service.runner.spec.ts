import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ask, runningService, startService } from './running.service.fixture.js';

describe('a service that is started', () => {
  it('listens on this machine alone, tells its parent where, and logs one line', async () => {
    const { url, process, ended } = await runningService();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await ask(`${url}/health/ready`)).statusCode).toBe(200);
    process.kill('SIGTERM');
    const { stdout, stderr } = await ended;
    expect(stderr).toBe('');
    const [first] = stdout.split('\n');
    expect(JSON.parse(first ?? '')).toMatchObject({
      level: 'info',
      service: 'slow',
      msg: `Server listening at ${url}`,
    });
  });

  it('cannot take a port that is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, stdout, stderr } = await startService({ PORT: String(port) }).ended;
    other.close();
    expect(stderr).toBe(
      `slow cannot start. Port ${port} on 127.0.0.1 is in use. Stop what uses it, or set PORT to another one.\n`,
    );
    expect([code, stdout]).toEqual([1, '']);
  });

  it.each([
    [{ HOST: '192.0.2.1' }, 'slow cannot start. 192.0.2.1 is no address of this machine. Correct HOST.\n'],
    [{ HOST: 'nowhere.invalid' }, 'slow cannot start. There is no machine of that name. Correct HOST.\n'],
    [
      { DATABASE_URL: 'mysql://root@127.0.0.1:9/slow' },
      'slow cannot start. No database answers at 127.0.0.1:9. Start it, or correct DATABASE_URL.\n',
    ],
    [
      { PORT: 'x', NODE_ENV: 'production' },
      'slow cannot start. The configuration is not valid:\n' +
        '  - PORT must not be greater than 65535, and PORT must not be less than 0, and PORT must be an integer number. Port to listen on; 0 takes a free one.\n' +
        '  - PUBLIC_URL is missing. Set PUBLIC_URL. Where callers reach this service. A name, never derived from a request.\n',
    ],
  ])('says in a sentence why it cannot: %j', async (env, sentence) => {
    const { code, stdout, stderr } = await startService(env).ended;
    expect(stderr).toBe(sentence);
    expect([code, stdout]).toEqual([1, '']);
  });

  it('says which database file is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
    const file = join(folder, 'slow.sqlite');
    await writeFile(file, 'no database '.repeat(1000));
    const { code, stderr } = await startService({ DATABASE_URL: `sqlite:${file}` }).ended;
    expect(stderr).toContain(`${file} is not a sound SQLite database.`);
    expect(code).toBe(1);
    await rm(folder, { recursive: true });
  });

  it('dies of what nobody caught, and logs it without its parameters', async () => {
    const { url, ended } = await runningService();
    await ask(`${url}/slow/crash/now`);
    const { code, stdout, stderr } = await ended;
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toContain('"level":"fatal"');
    expect(stdout).toContain('nobody caught it');
    expect(stdout).not.toContain('tell-nobody');
  });
});
