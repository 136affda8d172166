import type { Answer } from '../replica.ts';
import type { Scene } from '../scene.ts';

/** Notes what must hold. */
export type Expect = (holds: boolean, sentence: string) => void;

/** One request that may be cut short, and what must hold after. */
export interface Attempt {
  begin(): Promise<Answer | undefined>;
  /** @param answer undefined when it did not come */
  check(answer: Answer | undefined, expect: Expect): Promise<void>;
}

/** Makes ready for one request. */
export type Preparation = (scene: Scene) => Promise<Attempt>;

/** All of them are there, or none is. */
export function allOrNone(parts: Readonly<Record<string, number>>, expect: Expect): boolean {
  const counts = Object.values(parts);
  const told = Object.entries(parts).map(([part, count]) => `${part} ${count}`);
  expect(new Set(counts).size === 1 && counts[0]! <= 1, `it is half done: ${told.join(', ')}`);
  return counts.some((count) => count > 0);
}
