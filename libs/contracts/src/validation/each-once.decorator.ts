import { ArrayUnique } from 'class-validator';

/** A list that has nothing in it twice. */
export function EachOnce(): PropertyDecorator {
  return ArrayUnique({ message: '$property must not have anything in it twice' });
}
