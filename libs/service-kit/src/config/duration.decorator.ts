import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** The shortest and the longest span that makes sense, as a setting tells them; both may be had. */
export interface DurationBounds {
  min?: string;
  max?: string;
}

/**
 * A span of time such as `15m`, `1d`, `10s` or `500ms`; a bare number counts seconds.
 *
 * @param unit what the property counts: seconds, as tokens do, or milliseconds, as timers do
 * @param bounds none where left out
 *
 * @example
 * @Duration('seconds', { min: '1s', max: '1d' })
 * accessTokenTtl!: number;
 */
export function Duration(
  unit: 'seconds' | 'milliseconds' = 'seconds',
  { min = '0s', max }: DurationBounds = {},
): PropertyDecorator {
  const scale = unit === 'seconds' ? 1_000 : 1;
  const least = milliseconds(min) / scale;
  const most = max === undefined ? Infinity : milliseconds(max) / scale;
  const range = max === undefined ? '' : ` from ${min} to ${max},`;
  return applyDecorators(
    Transform(({ value }) => milliseconds(String(value)) / scale),
    ValidateBy({
      name: 'isDuration',
      validator: {
        validate: (value) => Number.isFinite(value) && value >= least && value <= most,
        defaultMessage: () => `$property must be a duration${range} such as 15m, 1d or 10s`,
      },
    }),
  );
}

function milliseconds(text: string): number {
  const [, amount, unit = 's'] = /^(\d{1,9})(ms|s|m|h|d)?$/.exec(text) ?? [];
  return amount === undefined ? NaN : Number(amount) * UNITS[unit as keyof typeof UNITS];
}
