import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runTool } from '@gatehouse/workspace';
import type { Resource } from './render.ts';

/** What an object of a kind can do that kubernetes-models made from the API's own description. */
type Model = new (data: object) => { validate(): void };

/**
 * What of the resources Kubernetes would refuse: values of the wrong kind, found by the validators of
 * kubernetes-models, and members that do not exist, found by the compiler with its types.
 */
export async function schemaMistakes(resources: readonly Resource[]): Promise<string[]> {
  const values = await Promise.all(resources.map(valueMistakes));
  return [...values.flat(), ...(await memberMistakes(resources))];
}

async function valueMistakes(resource: Resource): Promise<string[]> {
  try {
    const models = (await import(moduleOf(resource))) as Record<string, Model>;
    new models[resource.kind]!(resource).validate();
    return [];
  } catch (error) {
    return [`${nameOf(resource)}: ${(error as Error).message}`];
  }
}

async function memberMistakes(resources: readonly Resource[]): Promise<string[]> {
  mkdirSync(join(ROOT, '.data'), { recursive: true });
  // Within the workspace, where its packages are found.
  const folder = mkdtempSync(join(ROOT, '.data/manifests-'));
  const file = join(folder, 'resources.mts');
  writeFileSync(file, resources.map(typed).join('\n'));
  try {
    const options = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--ignoreConfig',
      '--module',
      'nodenext',
      '--types',
      '',
    ];
    const { ok, output } = await runTool('tsc', [...options, file], { quiet: true });
    if (ok) return [];
    return output
      .trim()
      .split('\n')
      .map((line) => mistakeIn(line, resources));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One line for each, so that the compiler's line is the resource's number. */
function typed(resource: Resource, index: number): string {
  const type = `import('${moduleOf(resource)}').I${resource.kind}`;
  return `export const resource${index}: ${type} = ${JSON.stringify(resource)};`;
}

function mistakeIn(line: string, resources: readonly Resource[]): string {
  const [, number, words] = /resources\.mts\((\d+),\d+\): error \w+: (.*)$/.exec(line) ?? [];
  const resource = resources[Number(number) - 1];
  return resource ? `${nameOf(resource)}: ${words}` : line.trim();
}

function moduleOf({ apiVersion, kind }: Resource): string {
  return `kubernetes-models/${apiVersion}/${kind}`;
}

/** As people call it. */
export function nameOf({ kind, metadata }: Resource): string {
  return `${kind} ${metadata.name}`;
}
