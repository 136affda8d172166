import { ValidateBy, type ValidationOptions } from 'class-validator';

/**
 * A well-formed string of `min` to `max` characters, counted in code points as databases count them.
 * class-validator's own `Length` takes variation selectors for nothing, and lets in what a column refuses.
 */
export function Characters(min: number, max: number, options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isLength', // the name OpenAPI schemas know it by
      constraints: [min, max],
      validator: {
        validate: (value) => typeof value === 'string' && value.isWellFormed() && within(value, min, max),
        defaultMessage: () => `$property must be a text of ${min} to ${max} characters`,
      },
    },
    options,
  );
}

function within(text: string, min: number, max: number): boolean {
  if (text.length < min || text.length > 2 * max) return false;
  let characters = 0;
  for (const _ of text) characters += 1;
  return characters >= min && characters <= max;
}
