import { isISO8601, ValidateBy } from 'class-validator';

/** RFC 3339 §5.6, without the liberties it takes: a capital `T`, a capital `Z`, no leap second. */
const TIMESTAMP =
  /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** A point in time, such as `2026-06-04T03:04:25.997Z`. Without its offset from UTC it would be any of 24 hours. */
export function Timestamp(): PropertyDecorator {
  return ValidateBy({
    name: 'isIso8601', // the name OpenAPI schemas know it by
    validator: {
      // class-validator's own check knows how long each month is, which the pattern does not.
      validate: (value) =>
        typeof value === 'string' && TIMESTAMP.test(value) && isISO8601(value, { strict: true }),
      defaultMessage: () => '$property must be a time such as 2030-06-04T03:04:25.997Z',
    },
  });
}
