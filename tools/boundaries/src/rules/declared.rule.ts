import { isPackage, packageOf } from '../specifier.ts';
import { isTest } from '../source.role.ts';
import type { Manifest, Project, Workspace } from '../workspace.ts';
import type { Breach } from './rules.ts';

/**
 * What a project imports, its own package.json declares: npm hoists all packages to the root, so that an undeclared
 * one would resolve here and be missing where the project is installed alone.
 */
export function declaredRule(project: Project, workspace: Workspace): Breach[] {
  const { dependencies, peerDependencies, devDependencies } = project.manifest;
  const production = { ...dependencies, ...peerDependencies };
  const test = { ...production, ...devDependencies, ...workspace.manifest.devDependencies };
  return project.sources.flatMap((source) =>
    source.imports
      .filter(({ specifier }) => isPackage(specifier))
      .filter(({ specifier }) => !declares(isTest(source) ? test : production, packageOf(specifier)))
      .map(({ specifier, line }) => ({
        file: source.path,
        line,
        sentence: `imports ${packageOf(specifier)}, which ${project.root}/package.json does not declare`,
      })),
  );
}

function declares(dependencies: NonNullable<Manifest['dependencies']>, name: string): boolean {
  return name in dependencies || `@types/${name}` in dependencies;
}
