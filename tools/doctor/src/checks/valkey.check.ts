import type { Check, Finding } from '../check.ts';
import { greetingOf } from '../setup/greeting.ts';
import type { ServiceSetup } from '../setup/setup.ts';

/** Where a Valkey or Redis is named, one answers. */
export const valkeyCheck: Check = {
  name: 'valkey',
  holds: 'every REDIS_URL answers',
  async look({ services }) {
    const using = services.filter(({ setting }) => setting('REDIS_URL'));
    if (using.length === 0) return { nothing: 'REDIS_URL is not set: each process counts for itself' };
    return (await Promise.all(using.map(findingOf))).flat();
  },
};

async function findingOf({ name, setting }: ServiceSetup): Promise<Finding[]> {
  const url = URL.parse(setting('REDIS_URL') ?? '');
  if (!url) return []; // The settings say so.
  const place = {
    hostname: url.hostname,
    port: Number(url.port || 6379),
    secure: url.protocol === 'rediss:',
  };
  const answer = await greetingOf(place, 'PING\r\n');
  // One that wants a password says so, in its protocol: it is one all the same.
  if (/^(\+PONG|-NOAUTH)/.test(answer ?? '')) return [];
  const where = `${place.hostname}:${place.port}`;
  return [
    {
      service: name,
      cause:
        answer === undefined
          ? `No Valkey answers at ${where}.`
          : `What answers at ${where} is no Valkey or Redis.`,
      remedy: 'Start it, correct REDIS_URL, or leave it out: each process then counts for itself.',
    },
  ];
}
