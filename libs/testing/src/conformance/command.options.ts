import { parseArgs } from 'node:util';
import {
  ABILITIES,
  type Ability,
  type ConformanceProfile,
  type ConformanceRoute,
} from './conformance.profile.js';

/** What a person asked for. */
export interface CommandOptions {
  readonly url: string;
  readonly profile: ConformanceProfile;
  readonly issuerPort: number;
  readonly patience: number;
  readonly json: string | undefined;
  readonly junit: string | undefined;
}

/** The command was not understood; the message says how it is to be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const ISSUER_PORT = 3999;
const NAMES = Object.keys(ABILITIES);

export const USAGE = `gatehouse-conform URL --route 'GET /orders' --scope orders:read [options]

Tries whether the service at URL is guarded as Gatehouse's services are. It prints the settings that make the service
trust the kit's own issuer, waits until the service has been started with them, and tries it.

  --route 'GET /path'       a guarded route that answers GET and HEAD
  --scope 'a b'             the scopes that it asks for
  --status 200              what it answers to who passes
  --unsafe 'PUT /path'      a guarded route of an unsafe method; once for each method. Its own status may stand
                            behind it: 'POST /path 201'
  --unsafe-scope 'a b'      the scopes that these ask for; by default those of --scope
  --unsafe-status 200       what these answer to who passes
  --field name=value        what their bodies hold; once for each field
  --without NAME            what the service lacks; once for each of:
${NAMES.map((name) => `                            ${name.padEnd(20)}${ABILITIES[name as Ability]}`).join('\n')}
  --issuer-port ${ISSUER_PORT}        where the kit's issuer listens
  --patience 60             seconds to wait for the service
  --json FILE, --junit FILE the report for programs
`;

const OPTIONS = {
  route: { type: 'string' },
  scope: { type: 'string', default: '' },
  status: { type: 'string', default: '200' },
  unsafe: { type: 'string', multiple: true, default: [] as string[] },
  'unsafe-scope': { type: 'string' },
  'unsafe-status': { type: 'string', default: '200' },
  field: { type: 'string', multiple: true, default: [] as string[] },
  without: { type: 'string', multiple: true, default: [] as string[] },
  'issuer-port': { type: 'string', default: String(ISSUER_PORT) },
  patience: { type: 'string', default: '60' },
  json: { type: 'string' },
  junit: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/**
 * What the arguments ask for; undefined when they ask for help.
 *
 * @throws UsageError
 */
export function commandOptions(args: readonly string[]): CommandOptions | undefined {
  const { values, positionals } = parsed(args);
  if (values.help || args.length === 0) return undefined;
  const [url, ...more] = positionals;
  if (url === undefined || more.length > 0 || !/^https?:/.test(url) || !URL.canParse(url)) {
    throw new UsageError('Give the one URL of the service, such as http://127.0.0.1:8000.');
  }
  if (values.route === undefined)
    throw new UsageError("Name a guarded route, such as --route 'GET /orders'.");
  const fields = Object.fromEntries(values.field.map(fieldIn));
  const unsafeScope = values['unsafe-scope'] ?? values.scope;
  const unsafe = values.unsafe.map((route) => {
    const withFields = values.field.length > 0 && !route.startsWith('DELETE') ? { fields } : {};
    return {
      ...routeIn(route, unsafeScope, number(values['unsafe-status'], '--unsafe-status')),
      ...withFields,
    };
  });
  return {
    url,
    profile: {
      read: routeIn(values.route, values.scope, number(values.status, '--status')),
      unsafe,
      without: values.without.map(abilityIn),
    },
    issuerPort: number(values['issuer-port'], '--issuer-port'),
    patience: number(values.patience, '--patience') * 1_000,
    json: values.json,
    junit: values.junit,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message} See gatehouse-conform --help.`);
  }
}

function routeIn(text: string, scope: string, status: number): ConformanceRoute {
  const [, method, path, own = status] = /^([A-Z]+) (\/\S*)(?: ([1-5]\d\d))?$/.exec(text) ?? [];
  if (!method || !path) throw new UsageError(`"${text}" is no route: write it as 'GET /orders'.`);
  return { method, path, scope, status: Number(own) };
}

function fieldIn(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`"${text}" is no field: write it as name=value.`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function abilityIn(name: string): Ability {
  if (!NAMES.includes(name))
    throw new UsageError(`There is no "${name}" to be without. There are: ${NAMES.join(', ')}.`);
  return name as Ability;
}

function number(text: string, option: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new UsageError(`${option} takes a number, and "${text}" is none.`);
  return Number(text);
}
