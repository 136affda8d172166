import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsIn } from 'class-validator';

/** The ways in that older clients use; each can be closed. */
export const LEGACY_DOORS = ['knock', 'doorkeeper', 'devise-key', 'browser'] as const;

/** One of {@link LEGACY_DOORS}. */
export type LegacyDoor = (typeof LEGACY_DOORS)[number];

/** A setting that lists doors, separated by commas; `none` is the empty list. */
export function DoorList(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) =>
      value === 'none'
        ? []
        : String(value)
            .split(',')
            .map((name) => name.trim()),
    ),
    IsIn(LEGACY_DOORS, {
      each: true,
      message: `$property must list doors (${LEGACY_DOORS.join(', ')}) or be none`,
    }),
  );
}
