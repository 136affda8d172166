import type { Desk } from '../operator.console.js';

/** Shows a secret just made: all that is kept is its digest. */
export function tellSecret({ out }: Desk, id: string, secret: string): void {
  out.remark(`The secret of ${id}, which is shown this once:`);
  out.tell({ id, secret }, secret);
}
