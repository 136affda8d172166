import { describe, expect, it } from 'vitest';
import { compose, docker, inside, replicasOf } from './stack.js';

const SERVICES = ['identity', 'articles', 'consumer'];

interface Inspected {
  readonly Name: string;
  readonly State: { readonly ExitCode: number };
  readonly Config: { readonly User: string; readonly Env: string[] };
  readonly HostConfig: {
    readonly ReadonlyRootfs: boolean;
    readonly CapDrop: string[];
    readonly Memory: number;
    readonly NanoCpus: number;
    readonly SecurityOpt: string[];
  };
}

describe.each(SERVICES)('the container of %s', (service) => {
  it('is nobody’s root, with nothing to write but /tmp, within limits', async () => {
    const [container] = await replicasOf(service);
    const [{ Config, HostConfig }] = JSON.parse(await docker('inspect', container!)) as [Inspected];
    expect([Config.User, HostConfig.ReadonlyRootfs, HostConfig.CapDrop]).toEqual(['node', true, ['ALL']]);
    expect(HostConfig.Memory).toBeGreaterThan(0);
    const write = `import { writeFile } from 'node:fs/promises';
      const codeOf = (path) => writeFile(path, '').then(() => 'written', ({ code }) => code);
      console.log(await codeOf('/gatehouse/x'), await codeOf('/tmp/x'))`;
    expect(await inside(service, write)).toBe('EROFS written');
  });

  it('has no other app, no package manager and no compiler', async () => {
    const list = `import { existsSync, readdirSync } from 'node:fs';
      const modules = '/gatehouse/node_modules/';
      const tools = ['/usr/local/bin/npm', '/usr/bin/gcc', '/usr/bin/make', modules + 'typescript', modules + 'vitest'];
      console.log(readdirSync('/gatehouse/apps').join(), tools.filter((tool) => existsSync(tool)).join())`;
    expect(await inside(service, list)).toBe(service);
  });

  it('has no secret in its environment', async () => {
    const [container] = await replicasOf(service);
    const [{ Config }] = JSON.parse(await docker('inspect', container!)) as [Inspected];
    expect(Config.Env.join('\n')).not.toMatch(/password|(SECRET|KEY|DATABASE_URL)=/i);
  });
});

it('no container is without limits or gains privileges, and what has ended did its work', async () => {
  const ids = (await compose('ps', '--all', '--quiet')).split('\n');
  const containers = JSON.parse(await docker('inspect', ...ids)) as Inspected[];
  expect(containers.length).toBeGreaterThan(SERVICES.length);
  for (const { Name, HostConfig, State } of containers) {
    const { Memory, NanoCpus, SecurityOpt } = HostConfig;
    const told = [Name, Memory > 0, NanoCpus > 0, SecurityOpt, State.ExitCode];
    expect(told).toEqual([Name, true, true, ['no-new-privileges:true'], 0]);
  }
});

it('nothing is published but on loopback', async () => {
  const ids = (await compose('ps', '--quiet')).split('\n');
  const format =
    '{{range $port, $hosts := .NetworkSettings.Ports}}{{range $hosts}}{{.HostIp}} {{end}}{{end}}';
  const addresses = (await docker('inspect', '--format', format, ...ids)).split(/\s+/).filter(Boolean);
  expect(new Set(addresses)).toEqual(new Set(['127.0.0.1']));
});
