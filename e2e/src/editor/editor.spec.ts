import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findApps, ROOT } from '@gatehouse/workspace';
import { describe, expect, it } from 'vitest';
import { alternateOf, argumentOf, fileOf, type Projections } from './projections.js';

const json = <T>(file: string): T => JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as T;
const tracked = execFileSync('git', ['ls-files', '*.ts'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 24 })
  .split('\n')
  .filter((file) => file && existsSync(join(ROOT, file)));
const isTracked = (file: string) => tracked.includes(file);

describe('the projections of vim', () => {
  const projections = json<Projections>('.projections.json');

  it('jump between every file and its spec, both ways', () => {
    const specs = tracked.filter(
      (file) => file.endsWith('.spec.ts') && isTracked(file.replace('.spec.ts', '.ts')),
    );
    expect(specs.length).toBeGreaterThan(50);
    for (const spec of specs) {
      const file = spec.replace('.spec.ts', '.ts');
      expect([alternateOf(projections, spec, isTracked), alternateOf(projections, file, isTracked)]).toEqual([
        file,
        spec,
      ]);
    }
  });

  it.each(['controller', 'service', 'entity', 'migration'])('go to every %s by :E', (type) => {
    const files = tracked.filter((file) => file.startsWith('apps/') && file.endsWith(`.${type}.ts`));
    expect(files.length).toBeGreaterThan(1);
    for (const file of files)
      expect(fileOf(projections, type, argumentOf(projections, type, file)!)).toEqual([file]);
  });

  it('go where one would type it', () => {
    expect(fileOf(projections, 'controller', 'articles/src/articles/articles')).toEqual([
      'apps/articles/src/articles/articles.controller.ts',
    ]);
    expect(fileOf(projections, 'entity', 'identity/src/accounts/user').filter(isTracked)).toHaveLength(1);
  });
});

describe('the settings of VS Code', () => {
  it('run what exists', () => {
    const { configurations } = json<{ configurations: { program?: string; runtimeArgs?: string[] }[] }>(
      '.vscode/launch.json',
    );
    const { scripts } = json<{ scripts: Record<string, string> }>('package.json');
    const programs = configurations
      .flatMap(({ program }) => program ?? [])
      .map((each) => each.replace('${workspaceFolder}/', ''));
    const commands = configurations.flatMap(({ runtimeArgs }) => runtimeArgs?.[0] ?? []);
    for (const program of programs) expect(existsSync(join(ROOT, program)), program).toBe(true);
    for (const command of commands) expect(scripts).toHaveProperty(command);
  });

  it('recommend what formats and lints as CI does', () => {
    const { recommendations } = json<{ recommendations: string[] }>('.vscode/extensions.json');
    expect(recommendations).toEqual(expect.arrayContaining(['esbenp.prettier-vscode', 'oxc.oxc-vscode']));
  });

  it('bring the ports of every service to a devcontainer', () => {
    const { portsAttributes, forwardPorts } = json<{
      forwardPorts: number[];
      portsAttributes: Record<string, { label: string }>;
    }>('.devcontainer/devcontainer.json');
    const ports = findApps().map(({ port, name }) => [String(port), { label: name }]);
    expect(portsAttributes).toEqual(Object.fromEntries(ports));
    expect(forwardPorts.map(String)).toEqual(Object.keys(portsAttributes));
  });
});
