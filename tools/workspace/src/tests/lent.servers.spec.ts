import { afterEach, describe, expect, it, vi } from 'vitest';
import { findValkey, PrivateValkey } from '../valkey/private.valkey.ts';
import { LentServers } from './lent.servers.ts';

const ELSEWHERE = {
  TEST_MYSQL_URL: 'mysql://elsewhere',
  TEST_REDIS_URL: 'redis://elsewhere',
  REQUIRE_MYSQL: '',
  REQUIRE_VALKEY: '',
};

describe('servers that tests are lent', () => {
  afterEach(() => vi.unstubAllEnvs());

  const withEnvironment = async (environment: Record<string, string>) => {
    for (const [name, value] of Object.entries({ ...ELSEWHERE, ...environment })) vi.stubEnv(name, value);
    const lent = await LentServers.start();
    await lent.close();
    return lent;
  };

  it('are none where others are named', async () => {
    expect(await withEnvironment({})).toMatchObject({ environment: {}, warnings: [] });
  });

  it.runIf(findValkey())('are there where the machine has the program, and gone after', async () => {
    const { environment } = await withEnvironment({ TEST_REDIS_URL: '' });
    expect(environment).toEqual({ TEST_REDIS_URL: expect.stringMatching(/^redis:\/\/127\.0\.0\.1:\d+$/) });
  });

  it('that are missing are told, and are a failure where they are required', async () => {
    vi.stubEnv('PATH', '/nowhere');
    const { warnings } = await withEnvironment({ TEST_REDIS_URL: '' });
    expect(warnings).toEqual([expect.stringContaining('THE TESTS WITH VALKEY')]);
    const required = withEnvironment({ TEST_REDIS_URL: '', REQUIRE_VALKEY: '1' });
    await expect(required).rejects.toThrow('REQUIRE_VALKEY=1, but there is no valkey-server');
  });
});

describe.runIf(findValkey())('a private Valkey', () => {
  it('is empty each time it starts, and takes up its port again', async () => {
    const valkey = await PrivateValkey.start(findValkey()!);
    const { url } = valkey;
    await valkey.kill();
    await valkey.up();
    expect(valkey.url).toBe(url);
    await valkey.close();
  });
});
