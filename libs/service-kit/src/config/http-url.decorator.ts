import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { Rule } from './rule.decorator.js';
import type { ServiceConfig } from './service.config.js';

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

/**
 * A URL that people and other machines call: in production https, for tokens and passwords travel there. Loopback
 * addresses may be http; so may those of {@link HttpUrl}, which lead from one service to another inside one network.
 *
 * @example
 * @PublicUrl<ServiceConfig>('publicUrl')
 * publicUrl!: string;
 */
export function PublicUrl<T extends ServiceConfig>(property: keyof T & string): PropertyDecorator {
  return applyDecorators(
    HttpUrl(),
    Rule<T>(
      (config) => !config.production || !isInsecure(config[property]),
      '$property must begin with https in production',
    ),
  );
}

function isHttpUrl(value: unknown): boolean {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  return !url.username && !url.password && !/[?#\s]/.test(String(value));
}

function isInsecure(value: unknown): boolean {
  const url = URL.parse(String(value));
  return url?.protocol === 'http:' && !isLoopback(url.hostname);
}

/** Whether a name or address is this machine (RFC 6761 §6.3). */
export function isLoopback(host: string): boolean {
  return /^((.+\.)?localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/.test(host);
}
