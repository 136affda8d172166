import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';

/** An absolute http or https URL without credentials, query and fragment; a slash at its end is dropped. */
export function HttpUrl(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => (typeof value === 'string' ? value.replace(/\/+$/, '') : value)),
    ValidateBy({
      name: 'isHttpUrl',
      validator: {
        validate: isHttpUrl,
        defaultMessage: () =>
          '$property must be an http or https URL without user, query and fragment, such as https://id.example.com',
      },
    }),
  );
}

function isHttpUrl(value: unknown): boolean {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  return !url.username && !url.password && !/[?#\s]/.test(String(value));
}
