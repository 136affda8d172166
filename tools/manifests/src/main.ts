import { join } from 'node:path';
import { ROOT } from '@gatehouse/workspace';
import { stringify } from 'yaml';
import { render } from './render.ts';
import { schemaMistakes } from './schema.ts';

const [folder = 'deploy/kubernetes/base'] = process.argv.slice(2);
const resources = render(join(ROOT, folder));
const mistakes = await schemaMistakes(resources);
console.log(resources.map((each) => stringify(each)).join('---\n'));
for (const mistake of mistakes) console.error(mistake);
process.exitCode = mistakes.length > 0 ? 1 : 0;
