import { isIP } from 'node:net';
import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';

/** Nobody's, or that of these addresses and networks. A number of hops would let a client forge the missing ones. */
export type TrustProxy = false | string[];

/** Reads whose `X-Forwarded-*` headers count: `off`, or addresses and CIDR networks with commas. */
export function TrustedProxies(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => read(String(value).trim())),
    ValidateBy({
      name: 'isTrustProxy',
      validator: {
        validate: (value) => value === false || areNetworks(value),
        defaultMessage: () =>
          '$property must be off, or addresses and networks such as 10.0.0.0/8,192.168.1.7',
      },
    }),
  );
}

function read(text: string): TrustProxy {
  if (/^(off|false|no|0)$/i.test(text)) return false;
  return text.split(',').map((network) => network.trim());
}

function areNetworks(value: unknown): boolean {
  return Array.isArray(value) && value.every((network) => isNetwork(String(network)));
}

function isNetwork(text: string): boolean {
  if (/^(loopback|linklocal|uniquelocal)$/.test(text)) return true;
  const [address = '', prefix, ...rest] = text.split('/');
  const bits = isIP(address) === 6 ? 128 : 32;
  const prefixed = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
  return isIP(address) !== 0 && prefixed && rest.length === 0;
}
