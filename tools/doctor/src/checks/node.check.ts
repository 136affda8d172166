import type { Check } from '../check.ts';

/** An even number of a Node that has long-term support, or the one that npm brings. */
const OLDEST: readonly [major: number, minor: number] = [22, 18];

/** The runtime. One too old to read this file is told so by `tools/workspace/run.js` before. */
export const nodeCheck: Check = {
  name: 'node',
  holds: `Node ${process.versions.node}`,
  look() {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return [];
    return [
      {
        cause: `This is Node ${process.versions.node}, and Gatehouse needs ${OLDEST.join('.')} or newer.`,
        remedy: 'Run `npm ci`, which brings one, and use the npm scripts; or install a newer Node.',
      },
    ];
  },
};
