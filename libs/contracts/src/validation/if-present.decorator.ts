import { ValidateIf } from 'class-validator';

/** The member may be left out; null is a value like any other, unlike with class-validator's `IsOptional`. */
export function IfPresent(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}
