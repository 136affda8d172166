import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { breachesOf } from './rules/rules.ts';
import { type NxGraph, workspaceOf } from './workspace.ts';

const trees: string[] = [];

afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true, force: true });
});

interface ProjectFixture {
  tag?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  files?: Record<string, string>;
}

/** Writes a workspace to disk, reads it as the check does, and tells the breaches as lines. */
function breachesIn(projects: Record<string, ProjectFixture>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'gatehouse-boundaries-'));
  trees.push(root);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('package.json', JSON.stringify({ devDependencies: { vitest: '5' } }));
  for (const [folder, { dependencies, devDependencies, files = {} }] of Object.entries(projects)) {
    write(`${folder}/package.json`, JSON.stringify({ dependencies, devDependencies }));
    for (const [path, text] of Object.entries(files)) write(`${folder}/${path}`, text);
  }
  return breachesOf(workspaceOf(root, graphOf(projects))).map(
    ({ file, line, sentence }) => `${file}${line ? `:${line}` : ''} ${sentence}`,
  );
}

function nameOf(folder: string): string {
  return `@gatehouse/${folder.split('/').at(-1)}`;
}

function graphOf(projects: Record<string, ProjectFixture>): NxGraph {
  const entries = Object.entries(projects);
  return {
    nodes: Object.fromEntries(
      entries.map(([folder, { tag }]) => {
        const [kind, name] = folder.split('/');
        const tags = ['npm:private', tag ?? `${kind?.slice(0, -1)}:${name}`];
        return [nameOf(folder), { name: nameOf(folder), data: { root: folder, tags } }];
      }),
    ),
    dependencies: Object.fromEntries(
      entries.map(([folder, { dependencies, devDependencies }]) => [
        nameOf(folder),
        Object.keys({ ...dependencies, ...devDependencies }).map((target) => ({ target })),
      ]),
    ),
  };
}

describe('who may know whom', () => {
  it('lets an app know a library it declares', () => {
    expect(
      breachesIn({
        'libs/access': {},
        'apps/articles': {
          dependencies: { '@gatehouse/access': '1' },
          files: { 'src/a.ts': `import { Public } from '@gatehouse/access';` },
        },
      }),
    ).toEqual([]);
  });

  it('refuses an app that imports another app', () => {
    expect(
      breachesIn({
        'apps/identity': {},
        'apps/articles': {
          dependencies: { '@gatehouse/identity': '1' },
          files: { 'src/a.ts': `\nexport { User } from '@gatehouse/identity';` },
        },
      }),
    ).toEqual([
      'apps/articles/package.json @gatehouse/articles may not know @gatehouse/identity',
      'apps/articles/src/a.ts:2 @gatehouse/articles may not know @gatehouse/identity',
    ]);
  });

  it('refuses a library that knows what is above it, by an import of a type alone too', () => {
    const files = { 'src/a.ts': `export type A = import('@gatehouse/access').Principal;` };
    expect(
      breachesIn({
        'libs/access': {},
        'libs/service-kit': { dependencies: { '@gatehouse/access': '1' }, files },
      }),
    ).toContain('libs/service-kit/src/a.ts:1 @gatehouse/service-kit may not know @gatehouse/access');
  });

  it('lets specs alone know the testing library', () => {
    const text = `import { TestIdentity } from '@gatehouse/testing';`;
    expect(
      breachesIn({
        'libs/testing': {},
        'apps/articles': {
          devDependencies: { '@gatehouse/testing': '1' },
          files: { 'src/a.spec.ts': text, 'src/b.ts': text },
        },
      }),
    ).toEqual([
      'apps/articles/src/b.ts:1 @gatehouse/articles may not know @gatehouse/testing',
      'apps/articles/src/b.ts:1 imports @gatehouse/testing, which apps/articles/package.json does not declare',
    ]);
  });

  it('refuses a project of a kind that nobody decided about', () => {
    expect(breachesIn({ 'libs/shared': {} })).toEqual([
      'libs/shared/package.json has no tag that the table of who may know whom lists',
    ]);
  });
});

describe('declared imports', () => {
  it('refuses a package that only another project declares', () => {
    expect(
      breachesIn({
        'libs/tokens': { dependencies: { jose: '6' } },
        'apps/articles': { files: { 'src/a.ts': `const jose = await import('jose/jwt/verify');` } },
      }),
    ).toEqual(['apps/articles/src/a.ts:1 imports jose, which apps/articles/package.json does not declare']);
  });

  it('lets a spec use what the root declares for tests, and production code not', () => {
    const text = `import { it } from 'vitest';`;
    expect(breachesIn({ 'apps/articles': { files: { 'src/a.spec.ts': text, 'src/a.ts': text } } })).toEqual([
      'apps/articles/src/a.ts:1 imports vitest, which apps/articles/package.json does not declare',
    ]);
  });

  it('asks nothing for what Node brings', () => {
    expect(breachesIn({ 'libs/tokens': { files: { 'src/a.ts': `import 'node:crypto';` } } })).toEqual([]);
  });

  it('is not taken in by a comment or a string', () => {
    const text = `// import 'jose';\nexport const example = "import 'jose'";`;
    expect(breachesIn({ 'libs/tokens': { files: { 'src/a.ts': text } } })).toEqual([]);
  });
});

describe('relative imports', () => {
  it('refuses one that leaves the project', () => {
    const files = {
      'src/in/a.ts': `import '../b.js';`,
      'src/c.ts': `import '../../identity/src/user.entity.js';`,
    };
    expect(breachesIn({ 'apps/articles': { files } })).toEqual([
      'apps/articles/src/c.ts:1 imports ../../identity/src/user.entity.js, which is outside of apps/articles',
    ]);
  });
});

describe('libraries free of frameworks', () => {
  it.each(['@nestjs/common', 'typeorm'])('refuses %s in contracts, declared or not', (framework) => {
    expect(
      breachesIn({
        'libs/contracts': {
          dependencies: { [framework]: '1' },
          files: { 'src/a.ts': `import '${framework}';` },
        },
      }),
    ).toEqual([
      `libs/contracts/package.json @gatehouse/contracts stays free of frameworks, and this is ${framework}`,
      `libs/contracts/src/a.ts:1 @gatehouse/contracts stays free of frameworks, and this is ${framework}`,
    ]);
  });
});

describe('the environment', () => {
  it.each([
    `process.env.PORT`,
    `process['env']`,
    `const { env } = process`,
    `import { env } from 'node:process'`,
  ])('is read in configuration alone: %s', (text) => {
    const files = {
      'src/a.config.ts': text,
      'src/config/load.ts': text,
      'src/a.spec.ts': text,
      'src/a.ts': text,
    };
    expect(breachesIn({ 'libs/service-kit': { files } })).toEqual([
      'libs/service-kit/src/a.ts:1 reads process.env outside of a configuration file',
    ]);
  });
});
