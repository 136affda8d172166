import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsBoolean } from 'class-validator';

const WORDS: Record<string, boolean> = {
  true: true,
  on: true,
  yes: true,
  '1': true,
  false: false,
  off: false,
  no: false,
  '0': false,
};

/** A setting that is `on` or `off` (also `true` and `false`, `yes` and `no`, `1` and `0`). */
export function Flag(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => WORDS[String(value).toLowerCase()] ?? value),
    IsBoolean({ message: '$property must be on or off' }),
  );
}
