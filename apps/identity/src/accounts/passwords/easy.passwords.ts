import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/** What leaked lists, keyboards, repetitions and dates make somebody try first. */
const guesser = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

/** Fewer than that are tried against one account before anybody notices. */
const ENOUGH_GUESSES = 1e8;

/** An estimate takes longer the longer the password: of a long one its beginning tells. */
const CHARACTERS_READ = 64;

/** Whether somebody who knows what people choose would find the password early. */
export function isEasilyGuessed(password: string): boolean {
  return guesser.check(password.slice(0, CHARACTERS_READ)).guesses < ENOUGH_GUESSES;
}
