import { Trouble } from '@gatehouse/workspace';
import type { Tree } from '@nx/devkit';
import { FsTree } from 'nx/src/generators/tree.js';
import { parseSync } from 'vite';
import type { Service } from './service.ts';
import { writeServiceFiles } from './service.files.ts';
import { serviceNames, type ServiceNames } from './service.names.ts';

/** A name that means nothing to any template. */
const NEUTRAL = serviceNames('placeholder-things');

/**
 * Refuses a name of whose many or one no variable may be called: `packages` would keep many of a `package`, which strict
 * code may not bind. The parser knows its language, so no list has to.
 *
 * @throws Trouble
 */
export function refuseReserved({ plural, pluralVariable, singularVariable }: ServiceNames): void {
  const reserved = [pluralVariable, singularVariable].find((word) => !canBeBound(word));
  if (reserved === undefined) return;
  throw unwritable(plural, `${reserved} is a word of the language itself`);
}

function canBeBound(word: string): boolean {
  return parseSync('name.ts', `export const ${word} = 0;`, { showSemanticErrors: true }).errors.length === 0;
}

/**
 * Refuses a name by which two things in one file would be called the same: `promises` would keep many of a `Promise`,
 * and its repository answers with promises. Found by what the templates say, so that no list has to follow them.
 *
 * @throws Trouble
 */
export function refuseUnwritable(tree: Tree, service: Service): void {
  const neutral = new FsTree(tree.root, false);
  writeServiceFiles(neutral, { ...service, ...NEUTRAL });
  for (const { path, content } of neutral.listChanges()) {
    if (!path.endsWith('.ts')) continue;
    const identifiers = [...identifiersIn(path, content?.toString() ?? '')];
    const renamed = identifiers.map((identifier) => renamedTo(identifier, service));
    const clash = renamed.find((identifier, i) => renamed.indexOf(identifier) !== i);
    if (clash === undefined) continue;
    throw unwritable(service.plural, `its code uses ${clash} for something else`);
  }
}

function unwritable(plural: string, reason: string): Trouble {
  return new Trouble(
    `"${plural}" cannot be a service: ${reason}. Add a word to the name, such as stored-${plural}.`,
  );
}

function renamedTo(identifier: string, names: ServiceNames): string {
  return (['Plural', 'Singular', 'pluralVariable', 'singularVariable'] as const).reduce(
    (text, spelling) => text.replaceAll(NEUTRAL[spelling], names[spelling]),
    identifier,
  );
}

function identifiersIn(path: string, text: string): Set<string> {
  const { program, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const identifiers = new Set<string>();
  walk(program, identifiers);
  return identifiers;
}

function walk(value: unknown, identifiers: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) walk(item, identifiers);
  else if (typeof value === 'object' && value !== null) {
    const { type, name } = value as { type?: unknown; name?: unknown };
    if (type === 'Identifier' && typeof name === 'string') identifiers.add(name);
    for (const member of Object.values(value)) if (typeof member === 'object') walk(member, identifiers);
  }
}
