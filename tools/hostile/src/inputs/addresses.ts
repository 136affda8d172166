import { type Family, filled } from './input.ts';
import type { Values } from './values.ts';

/** As they go out: percent signs are part of them. */
const PARAMETERS = [
  'abc',
  '-1',
  '0',
  '9007199254740993',
  '1e3',
  '%00',
  '%0d%0aX-Injected:%201',
  '%F0%9F%92%A5',
  '%ff%fe',
  '..%2F..%2Fetc',
  '%2e%2e',
  "1'--",
  '1;2',
  '1%20or%201=1',
  '%',
  '%zz',
  'x'.repeat(100),
  'x'.repeat(1_000),
  'x'.repeat(6_000),
];
const QUERIES = [
  'limit[]=1',
  'limit=1&limit=2',
  'limit=-1',
  'limit=1e2',
  'limit=%00',
  'after=%00',
  'after=999999999999999999999',
  '%',
  '%ff',
  '&&&===',
  'a[b][c]=d',
  '__proto__[x]=1',
  'constructor=1',
  'token=a&token=b',
  'apikey=a',
  `q=${'x'.repeat(5_000)}`,
  'a=1&'.repeat(1_000),
];

/** Hostile values in the path's parameters and in the query. */
export function addresses(values: Values): Family {
  return (route, random) => {
    const { path, query } = route;
    const made = () => encodeURIComponent(values.text(random).toWellFormed().slice(0, 1_500));
    const parameter = path.includes('{') ? (random.next() < 0.5 ? random.of(PARAMETERS) : made()) : '1';
    const target = filled(route, parameter);
    const share = random.next();
    if (share < 0.3 && path.includes('{')) return { target };
    if (share < 0.6) return { target: `${target}?${random.of(QUERIES)}` };
    return { target: `${target}?${query.length > 0 ? random.of(query) : 'limit'}=${made()}` };
  };
}
