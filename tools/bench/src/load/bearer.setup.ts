import { readFileSync } from 'node:fs';
import type { Request } from 'autocannon';
import type { Load } from './load.js';

let tokens: readonly string[] | undefined;
let next = 0;

/** Gives each request the next token of the load's file. autocannon's workers get it by the path of this file. */
function withBearer(request: Request & { bearers: Pick<Load, 'tokens' | 'offset' | 'count'> }): Request {
  tokens ??= tokensOf(request.bearers);
  const authorization = `Bearer ${tokens[next++ % tokens.length]}`;
  return { ...request, headers: { ...request.headers, authorization } };
}

function tokensOf({ tokens: file, offset, count }: Pick<Load, 'tokens' | 'offset' | 'count'>): string[] {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.slice(offset, count === undefined ? undefined : offset + count);
}

// As `require` gives it.
export { withBearer as 'module.exports' };
