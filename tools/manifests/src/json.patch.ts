import { parse } from 'yaml';

/** One operation of RFC 6902; the three that are used here. */
interface Operation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: unknown;
}

type Container = Record<string, unknown> | unknown[];

/** Applies operations in place. @throws Error where a path leads nowhere, or an operation is another one */
export function applyPatch(document: object, patch: string): void {
  for (const operation of parse(patch) as Operation[]) apply(document as Container, operation);
}

function apply(document: Container, { op, path, value }: Operation): void {
  const steps = path.split('/').slice(1).map(unescaped);
  const last = steps.pop()!;
  const parent = steps.reduce<unknown>(
    (at, step) => (at as Record<string, unknown> | undefined)?.[step],
    document,
  ) as Container | undefined;
  if (parent === undefined) throw new Error(`there is nothing at ${path}`);
  if (op !== 'add' && !(last in parent)) throw new Error(`there is nothing at ${path} to ${op}`);
  if (op === 'remove') remove(parent, last);
  else if (op === 'add' && Array.isArray(parent))
    parent.splice(last === '-' ? parent.length : Number(last), 0, value);
  else if (op === 'add' || op === 'replace') (parent as Record<string, unknown>)[last] = value;
  else throw new Error(`${op as string} is no operation that is known here`);
}

function remove(parent: Container, last: string): void {
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
}

// RFC 6901 §4
function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
