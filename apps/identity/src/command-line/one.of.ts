import { InvalidArgumentError } from '@gatehouse/service-kit';

/** Reads an option that is one of a few words. */
export function oneOf<Word extends string>(words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const word = words.find((each) => each === text);
    if (!word) throw new InvalidArgumentError(`It must be ${words.join(' or ')}.`);
    return word;
  };
}
