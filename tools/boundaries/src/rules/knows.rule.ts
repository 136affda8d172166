import { packageOf } from '../specifier.ts';
import { isTest } from '../source.role.ts';
import type { Project, Workspace } from '../workspace.ts';
import type { Breach } from './rules.ts';

const LIBS = ['lib:contracts', 'lib:tokens', 'lib:identity-client', 'lib:access', 'lib:service-kit'];

/** Who may know whom. A new kind of project has to be entered here, which is the moment to think about it. */
const KNOWS: Readonly<Record<string, readonly string[]>> = {
  'lib:contracts': [],
  'lib:tokens': ['lib:contracts'],
  'lib:identity-client': ['lib:contracts'],
  'lib:access': ['lib:contracts', 'lib:tokens', 'lib:identity-client'],
  'lib:service-kit': ['lib:contracts'],
  'lib:testing': ['lib:contracts', 'lib:tokens', 'lib:access'],
  app: LIBS,
  tool: ['tool', ...LIBS],
  e2e: ['tool', ...LIBS],
};

/** Projects know one another only as the table says; tests may know the testing library besides. */
export function knowsRule(project: Project, { projects }: Workspace): Breach[] {
  const file = `${project.root}/package.json`;
  const kind = kindOf(project);
  const known = KNOWS[kind];
  if (!known) return [{ file, sentence: `has no tag that the table of who may know whom lists` }];
  const mayKnow = (other: Project, test: boolean) =>
    known.includes(kindOf(other)) || (test && kindOf(other) === 'lib:testing');
  const sentence = (other: Project) => `${project.name} may not know ${other.name}`;
  const named = (name: string) => projects.find((each) => each.name === name && each !== project);

  const declared = project.dependsOn
    .map(named)
    .filter((other) => other !== undefined)
    .filter((other) => !mayKnow(other, !project.manifest.dependencies?.[other.name]))
    .map((other) => ({ file, sentence: sentence(other) }));
  const imported = project.sources.flatMap((source) =>
    source.imports.flatMap(({ specifier, line }) => {
      const other = named(packageOf(specifier));
      if (!other || mayKnow(other, isTest(source))) return [];
      return [{ file: source.path, line, sentence: sentence(other) }];
    }),
  );
  return [...declared, ...imported];
}

/** Apps are all of one kind; each library is a kind of its own. */
function kindOf(project: Project): string {
  const tag = project.tags.find((each) => !each.startsWith('npm:')) ?? '';
  return tag.startsWith('app:') ? 'app' : tag;
}
