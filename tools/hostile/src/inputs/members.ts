import type { Random } from '@gatehouse/workspace';
import { type Family, filled } from './input.ts';
import type { Values } from './values.ts';

/** Names that mean something at one door or another, for every route. */
const NAMES = [
  'auth',
  'user',
  'email',
  'password',
  'grant_type',
  'scope',
  'token',
  'refresh_token',
  'subject_token',
  'client_id',
  'client_secret',
  'resource',
  'article',
  'title',
  'body',
  'roles',
  'scopes',
  'disabled',
  'locale',
  'expires_at',
  '__proto__',
  'constructor',
];

/** A body of members that the route reads, with values of every kind; now and then as a form. */
export function members(values: Values): Family {
  return (route, random) => {
    const { members: own } = route;
    const count = 1 + Math.floor(random.next() * 4);
    const body = Object.fromEntries(
      Array.from({ length: count }, () => [nameOf(own, random), values.any(random)]),
    );
    const target = filled(route);
    if (random.next() < 0.8) return { target, body };
    const form = Object.entries(body).map(([name, value]) => [name, JSON.stringify(value)]);
    return {
      target,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    };
  };
}

function nameOf(own: readonly string[], random: Random): string {
  return own.length > 0 && random.next() < 0.7 ? random.of(own) : random.of(NAMES);
}
