import { isTest } from '../source.role.ts';
import type { SourceFile } from '../source.file.ts';
import type { Project } from '../workspace.ts';
import type { Breach } from './rules.ts';

/** Apps and libraries read the environment in one place, their validated configuration; a setting read elsewhere is one nobody finds. */
export function environmentRule(project: Project): Breach[] {
  if (!/^(apps|libs)\//.test(project.root)) return [];
  return project.sources
    .filter((source) => !isTest(source) && !isConfiguration(source))
    .flatMap((source) =>
      source.environmentReads.map((line) => ({
        file: source.path,
        line,
        sentence: 'reads process.env outside of a configuration file',
      })),
    );
}

function isConfiguration({ path }: SourceFile): boolean {
  return /\.config\.ts$|\/config\//.test(path);
}
