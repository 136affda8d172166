import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@gatehouse/workspace';

/** A line of docs/routes.md, which people have reviewed. */
export interface ListedRoute {
  readonly method: string;
  readonly path: string;
  readonly openness: 'guarded' | 'anonymous' | 'public';
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
  /** Whether an API key must come beside the bearer. */
  readonly both: boolean;
  /** Guards of its own. */
  readonly besides: string;
}

/** What is listed of each service. */
export function listedRoutes(service: string): ListedRoute[] {
  const document = readFileSync(join(ROOT, 'docs/routes.md'), 'utf8');
  const section = document.split(/^## /m).find((part) => part.startsWith(`${service}\n`)) ?? '';
  const lines = section.split('\n').filter((line) => /^\| [A-Z]+ /.test(line));
  return lines.map((line) => routeIn(line.split('|').map((cell) => cell.trim())));
}

function routeIn([
  ,
  method = '',
  path = '',
  who = '',
  carriers = '',
  scopes = '',
  roles = '',
  besides = '',
]: string[]): ListedRoute {
  const openness = who.includes('everyone') ? 'public' : who.includes('nobody') ? 'anonymous' : 'guarded';
  const both = carriers === 'apiKey and bearer';
  return {
    method,
    path,
    openness,
    scopes: scopes.split(' ').filter(Boolean),
    roles: roles.split(', ').filter(Boolean),
    both,
    besides,
  };
}
