import { parseSync } from 'vite';

/** A module that a file names in an import, an export-from, a dynamic import or an import type. */
export interface ImportedModule {
  readonly specifier: string;
  readonly line: number;
}

/** What the rules look at in one TypeScript file. */
export interface SourceFile {
  /** From the workspace's root, with slashes. */
  readonly path: string;
  readonly imports: readonly ImportedModule[];
  /** The lines on which it reads `process.env`. */
  readonly environmentReads: readonly number[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [member: string]: unknown;
}

/** Reads a file's text into what the rules need. */
export function readSource(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const imports: ImportedModule[] = [];
  const environmentReads: number[] = [];
  walk(program, (node) => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) imports.push({ specifier, line: lineAt(text, node.start) });
    if (readsEnvironment(node)) environmentReads.push(lineAt(text, node.start));
  });
  return { path, imports, environmentReads };
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  else if (isNode(value)) {
    visit(value);
    for (const member of Object.values(value)) if (typeof member === 'object') walk(member, visit);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

const NAMING_A_MODULE = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

function specifierOf(node: Node): string | undefined {
  if (!NAMING_A_MODULE.has(node.type)) return undefined;
  const source = node['source'];
  return isNode(source) && typeof source['value'] === 'string' ? source['value'] : undefined;
}

/** `process.env`, `process['env']`, `const { env } = process`, and any import of node:process, whose `env` it may be. */
function readsEnvironment(node: Node): boolean {
  if (node.type === 'MemberExpression')
    return isCalled(node['object'], 'process') && isCalled(node['property'], 'env');
  if (node.type === 'VariableDeclarator') {
    return isCalled(node['init'], 'process') && (node['id'] as Node).type === 'ObjectPattern';
  }
  return /^(node:)?process$/.test(specifierOf(node) ?? '');
}

/** An identifier of that name, or a string that says it. */
function isCalled(value: unknown, name: string): boolean {
  return isNode(value) && (value['name'] === name || value['value'] === name);
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
