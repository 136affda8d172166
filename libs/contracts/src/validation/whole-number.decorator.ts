import { Transform } from 'class-transformer';

/**
 * Reads a query value written in plain decimal digits; all else becomes NaN, which no validator of numbers accepts.
 * `Number()` alone would take `''`, `' 5'`, `0x10` and `1e1` for numbers.
 */
export function WholeNumber(): PropertyDecorator {
  return Transform(({ value }) =>
    typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : NaN,
  );
}
