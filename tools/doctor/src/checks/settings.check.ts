import { runNode } from '@gatehouse/workspace';
import type { Check, Finding } from '../check.ts';
import type { ServiceSetup } from '../setup/setup.ts';

/** Each service reads its settings as at a start, and says itself what is wrong with them. */
export const settingsCheck: Check = {
  name: 'settings',
  holds: 'every service takes its settings',
  async look({ services }) {
    const built = services.filter(({ built }) => built);
    if (built.length === 0) return { nothing: 'nothing is built' };
    return (await Promise.all(built.map(mistakesOf))).flat();
  },
};

async function mistakesOf({ name, app, env }: ServiceSetup): Promise<Finding[]> {
  const { ok, output } = await runNode([app.main, 'check'], { env, quiet: true });
  if (ok) return [];
  const listed = [...output.matchAll(/^ {2}- (.+)$/gm)].map(([, sentence]) => sentence!);
  if (listed.length === 0) return [crashed(name, output)];
  return listed.map((sentence) => ({ service: name, ...split(sentence) }));
}

/** It did not come so far as to read them: what was built does not fit together, or is not all there. */
function crashed(service: string, output: string): Finding {
  const [error = 'it says nothing'] = /^\w*Error.*$/m.exec(output) ?? output.trim().split('\n');
  return { service, cause: `${service} cannot be run: ${error}`, remedy: 'Run `npm ci && npm run build`.' };
}

/** Its sentences say what is wrong first, and what to do or what the setting is for after it. */
function split(sentence: string): Pick<Finding, 'cause' | 'remedy'> {
  const end = sentence.indexOf('. ');
  if (end < 0) return { cause: sentence, remedy: 'Correct it, or leave it out for its default.' };
  return { cause: sentence.slice(0, end + 1), remedy: sentence.slice(end + 2) };
}
