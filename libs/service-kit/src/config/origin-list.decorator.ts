import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { isLoopback } from './http-url.decorator.js';
import type { ServiceConfig } from './service.config.js';

/** A setting that lists origins (RFC 6454 §6.2) with commas; `none` is the empty list. In production they are https. */
export function OriginList(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => (value === 'none' ? [] : String(value).split(',').map(trimmed))),
    ValidateBy({
      name: 'isOriginList',
      validator: {
        validate: (value, args) =>
          Array.isArray(value) && value.every(isOrigin(args!.object as ServiceConfig)),
        defaultMessage: () =>
          '$property must list origins such as https://app.example.com, in production with https, or be none',
      },
    }),
  );
}

function trimmed(text: string): string {
  return text.trim();
}

function isOrigin({ production }: ServiceConfig): (text: string) => boolean {
  return (text) => {
    const url = URL.parse(text);
    if (url?.origin !== text || !/^https?:$/.test(url.protocol)) return false;
    return url.protocol === 'https:' || !production || isLoopback(url.hostname);
  };
}
