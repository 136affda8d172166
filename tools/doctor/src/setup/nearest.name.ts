/** More letters than these apart, and one name is not a slip of the other. */
const SLIP = 2;

/** The known name that somebody meant who wrote another one; undefined where none is near. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const [best] = [...known]
    .map((each) => ({ each, distance: distanceOf(name.toUpperCase(), each) }))
    .filter(({ distance }) => distance <= SLIP)
    .toSorted((a, b) => a.distance - b.distance);
  return best?.each;
}

/** How many letters must be added, left out, replaced or swapped with their neighbour (Damerau and Levenshtein). */
function distanceOf(from: string, to: string): number {
  const rows = Array.from({ length: from.length + 1 }, (_, i) => [i]);
  for (let j = 1; j <= to.length; j += 1) rows[0]![j] = j;
  for (let i = 1; i <= from.length; i += 1) {
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1];
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      rows[i]![j] = Math.min(
        rows[i - 1]![j]! + 1,
        rows[i]![j - 1]! + 1,
        rows[i - 1]![j - 1]! + (same ? 0 : 1),
        swapped ? rows[i - 2]![j - 2]! + 1 : Infinity,
      );
    }
  }
  return rows[from.length]![to.length]!;
}
