import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * A span of time such as `15m`, `1d`, `10s` or `500ms`; a bare number counts seconds.
 *
 * @param unit what the property counts: seconds, as tokens do, or milliseconds, as timers do
 */
export function Duration(unit: 'seconds' | 'milliseconds' = 'seconds'): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => milliseconds(String(value)) / (unit === 'seconds' ? 1_000 : 1)),
    ValidateBy({
      name: 'isDuration',
      validator: {
        validate: (value) => Number.isFinite(value),
        defaultMessage: () => '$property must be a duration such as 15m, 1d or 10s',
      },
    }),
  );
}

function milliseconds(text: string): number {
  const [, amount, unit = 's'] = /^(\d{1,9})(ms|s|m|h|d)?$/.exec(text) ?? [];
  return amount === undefined ? NaN : Number(amount) * UNITS[unit as keyof typeof UNITS];
}
