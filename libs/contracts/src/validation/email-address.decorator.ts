import { Transform } from 'class-transformer';
import { isEmail, ValidateBy } from 'class-validator';

/** What fits into the path of SMTP's commands (RFC 5321 §4.5.3.1.3). */
const MAX_LENGTH = 254;

/** An email address; read as addresses are compared and kept: see {@link normalizedEmail}. */
export function EmailAddress(): PropertyDecorator {
  const read = Transform(({ value }) => (typeof value === 'string' ? normalizedEmail(value) : value));
  const check = ValidateBy({
    name: 'isEmail', // the name OpenAPI schemas know it by
    validator: { validate: isEmailAddress, defaultMessage: () => '$property must be an email address' },
  });
  return (prototype, property) => {
    read(prototype, property);
    check(prototype, property);
  };
}

/**
 * How an address is compared and kept: as Devise does, without case and surrounding spaces.
 *
 * @example
 * normalizedEmail(' Reader@Example.com'); // 'reader@example.com'
 */
export function normalizedEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** Whether it is an email address that mail can be sent to, of a length that is kept. */
export function isEmailAddress(value: unknown): value is string {
  // class-validator's own check throws at half a surrogate pair.
  return typeof value === 'string' && value.length <= MAX_LENGTH && value.isWellFormed() && isEmail(value);
}
