import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/** What leaked lists, keyboards, repetitions and dates make somebody try first. */
const guesser = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

/** Fewer than that are tried against one account before anybody notices. */
const ENOUGH_GUESSES = 1e8;

/** An estimate takes longer the longer the password: of a long one its beginning tells. */
const CHARACTERS_READ = 64;

/** Runs of keys that lie beside each other; shorter ones are in many a word. */
const SHORTEST_WALK = 4;
/** So many characters of one's own are something beside a walk. */
const ENOUGH_CHARACTERS = 4;

const { qwerty, qwertz, azerty } = adjacencyGraphs;
/** The keys beside each key. */
const KEYBOARDS: readonly Readonly<Record<string, readonly (string | null)[]>>[] = [qwerty, qwertz, azerty];

/** Whether it is hardly more than walks over a keyboard: three rows of one take no guesser long. */
export function isKeyboardWalk(password: string): boolean {
  const runs = runsIn(Array.from(password.toLowerCase()));
  const outside = runs.filter((run) => run < SHORTEST_WALK).reduce((sum, run) => sum + run, 0);
  return outside < ENOUGH_CHARACTERS;
}

/** Lengths of the runs. */
function runsIn(characters: readonly string[]): number[] {
  const runs: number[] = [];
  characters.forEach((character, index) => {
    if (index > 0 && areNeighbours(characters[index - 1]!, character)) runs.push(runs.pop()! + 1);
    else runs.push(1);
  });
  return runs;
}

function areNeighbours(one: string, other: string): boolean {
  return KEYBOARDS.some((keyboard) => keyboard[one]?.some((key) => key?.includes(other)));
}

/** Whether somebody who knows what people choose would find the password early. */
export function isEasilyGuessed(password: string): boolean {
  return guesser.check(password.slice(0, CHARACTERS_READ)).guesses < ENOUGH_GUESSES;
}
