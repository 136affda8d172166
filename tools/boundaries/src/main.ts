import { resolve } from 'node:path';
import { readWorkspace } from './workspace.ts';
import { breachesOf } from './rules/rules.ts';

const workspace = await readWorkspace(resolve(import.meta.dirname, '../../..'));
const breaches = breachesOf(workspace);
for (const { file, line, sentence } of breaches)
  console.error(`${file}${line ? `:${line}` : ''}  ${sentence}`);
console.log(`${workspace.projects.length} projects, ${breaches.length} breaches of their boundaries`);
process.exitCode = breaches.length > 0 ? 1 : 0;
