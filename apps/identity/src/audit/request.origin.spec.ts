import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { originOf } from './request.origin.js';

const PROXY = '10.0.0.2';
const addressOf = (ip: string): string =>
  originOf({ ip, headers: {}, socket: { remoteAddress: PROXY } } as unknown as FastifyRequest).address;

describe('where a request came from', () => {
  it.each(['203.0.113.7', '2001:db8::7', '::ffff:203.0.113.7'])('is its network address: %s', (ip) => {
    expect(addressOf(ip)).toBe(ip);
  });

  it.each([
    ['203.0.113.7:51234', '203.0.113.7'],
    ['[2001:db8::7]:51234', '2001:db8::7'],
    ['[2001:db8::7]', '2001:db8::7'],
    ['fe80::7%eth0', 'fe80::7'],
  ])('is the same whatever a proxy tells besides: %s', (told, address) => {
    expect(addressOf(told)).toBe(address);
  });

  it.each([
    ['nothing', ''],
    ['a name', 'unknown'],
    ['nearly one', '203.0.113.7.8'],
    ['more than is kept', 'x'.repeat(300)],
  ])('is the proxy itself where it tells no address: %s', (_, told) => {
    expect(addressOf(told)).toBe(PROXY);
  });
});
