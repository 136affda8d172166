import type { Tree } from '@nx/devkit';
import { Trouble } from '@gatehouse/workspace';

/**
 * Changes the text of a file that has to be there.
 *
 * @param change gives nothing where it does not find its place in the text
 */
export function edit(tree: Tree, path: string, change: (text: string) => string | undefined): void {
  const text = tree.read(path, 'utf8');
  const changed = text === null ? undefined : change(text);
  if (changed === undefined) {
    throw new Trouble(`${path} is not what a new service can be entered in: see what git diff tells of it.`);
  }
  tree.write(path, changed);
}
