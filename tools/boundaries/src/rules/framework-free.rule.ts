import { isPackage, packageOf } from '../specifier.ts';
import type { Project } from '../workspace.ts';
import type { Breach } from './rules.ts';

/** Libraries that anything may use, so that they bring neither Nest nor TypeORM along. */
const FRAMEWORK_FREE = ['lib:contracts', 'lib:tokens'];
const FRAMEWORK = /^@nestjs\/|^typeorm$/;

export function frameworkFreeRule(project: Project): Breach[] {
  if (!project.tags.some((tag) => FRAMEWORK_FREE.includes(tag))) return [];
  const sentence = (name: string) => `${project.name} stays free of frameworks, and this is ${name}`;
  const declared = Object.keys({ ...project.manifest.dependencies, ...project.manifest.peerDependencies })
    .filter((name) => FRAMEWORK.test(name))
    .map((name) => ({ file: `${project.root}/package.json`, sentence: sentence(name) }));
  const imported = project.sources.flatMap((source) =>
    source.imports
      .filter(({ specifier }) => isPackage(specifier) && FRAMEWORK.test(packageOf(specifier)))
      .map(({ specifier, line }) => ({ file: source.path, line, sentence: sentence(packageOf(specifier)) })),
  );
  return [...declared, ...imported];
}
