import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, Trouble } from '@gatehouse/workspace';
import { stringify } from 'yaml';
import { render } from './render.ts';
import { schemaMistakes } from './schema.ts';

const BASE = 'deploy/kubernetes/base';

const USAGE = `npm run manifests                 the resources of ${BASE}, and what is wrong with them
npm run manifests -- <folder>     of another folder that has a kustomization.yaml, such as
                                  deploy/kubernetes/overlays/managed-mysql
Exit code 1 where something is wrong.`;

/** `npm run manifests`; gives the exit code. */
export async function manifests(args: readonly string[]): Promise<number> {
  try {
    const options = { help: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (!values.help) return await print(folderOf(positionals));
    console.log(USAGE);
    return 0;
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (!(error instanceof Trouble) && !code.startsWith('ERR_PARSE_ARGS')) throw error;
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
}

function folderOf([folder = BASE, ...more]: readonly string[]): string {
  if (more.length > 0) throw new Trouble('One folder at a time.');
  const path = join(ROOT, folder);
  if (!existsSync(join(path, 'kustomization.yaml')))
    throw new Trouble(`There is no ${join(folder, 'kustomization.yaml')} in this checkout.`);
  return path;
}

async function print(folder: string): Promise<number> {
  const resources = render(folder);
  const mistakes = await schemaMistakes(resources);
  console.log(resources.map((each) => stringify(each)).join('---\n'));
  for (const mistake of mistakes) console.error(mistake);
  return mistakes.length > 0 ? 1 : 0;
}
