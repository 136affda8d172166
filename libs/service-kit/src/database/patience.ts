/**
 * Does something when the time is over. Where this process itself has stood still meanwhile, what has come in is looked
 * at first.
 *
 * @returns cancels it
 */
export function afterwards(milliseconds: number, work: () => void): () => void {
  let turn: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => (turn = setImmediate(work)), milliseconds).unref();
  return () => {
    clearTimeout(timer);
    clearImmediate(turn);
  };
}
