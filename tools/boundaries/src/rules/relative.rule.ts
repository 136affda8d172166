import { posix } from 'node:path';
import { isRelative } from '../specifier.ts';
import type { Project } from '../workspace.ts';
import type { Breach } from './rules.ts';

/** A relative import stays in its project: what another project offers, its package exports. */
export function relativeRule(project: Project): Breach[] {
  return project.sources.flatMap((source) =>
    source.imports
      .filter(({ specifier }) => isRelative(specifier))
      .filter(
        ({ specifier }) => !posix.join(posix.dirname(source.path), specifier).startsWith(`${project.root}/`),
      )
      .map(({ specifier, line }) => ({
        file: source.path,
        line,
        sentence: `imports ${specifier}, which is outside of ${project.root}`,
      })),
  );
}
