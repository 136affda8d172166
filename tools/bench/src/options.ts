import { ALGORITHMS } from './guard/bench.identity.js';
import { WORKLOADS } from './guard/guard.bench.js';
import { SUBJECTS } from './guard/subjects.js';

/** What the command line takes, for all benches together. What has no default here is each bench's own to choose. */
export const OPTIONS = {
  help: { type: 'boolean', short: 'h', default: false },
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  connections: { type: 'string' },
  algorithm: { type: 'string', default: ALGORITHMS.join() },
  workload: { type: 'string', default: Object.keys(WORKLOADS).join() },
  subject: { type: 'string', default: Object.keys(SUBJECTS).join(';') },
  guards: { type: 'string', default: '20,500' },
  revocations: { type: 'string', default: '100' },
  database: { type: 'string' },
  entries: { type: 'string', default: '1000000' },
  articles: { type: 'string', default: '2' },
  callers: { type: 'string', default: '10' },
  users: { type: 'string' },
  records: { type: 'string' },
} as const;

/** The options, as they were given. */
export interface Values {
  readonly rounds?: string;
  readonly seconds?: string;
  readonly connections?: string;
  readonly database?: string;
  readonly algorithm: string;
  readonly workload: string;
  readonly subject: string;
  readonly guards: string;
  readonly revocations: string;
  readonly entries: string;
  readonly articles: string;
  readonly callers: string;
  readonly users?: string;
  readonly records?: string;
}

/** How much is done how often, where the command line says nothing else. */
export interface Amounts {
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
}

/** What of {@link Amounts} the command line says, and the usual ones for the rest. */
export function amounts(values: Values, usual: Amounts): Amounts {
  const given = (name: keyof Amounts): number => whole(name, values[name] ?? String(usual[name]));
  return { rounds: given('rounds'), seconds: given('seconds'), connections: given('connections') };
}

/** An option that names some of what there is, by commas, or by semicolons where names have commas. */
export function some<T extends string>(name: string, text: string, known: readonly T[]): T[] {
  const separator = known.some((each) => each.includes(',')) ? ';' : ',';
  const given = text.split(separator);
  const unknown = given.find((one) => !known.some((each) => each === one));
  if (unknown === undefined) return given as T[];
  return refuse(`--${name} knows no ${unknown}. It takes some of: ${known.join(separator)}`);
}

/** An option that is a whole number. */
export function whole(name: string, text: string, least = 1): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least) return number;
  return refuse(`--${name} must be a whole number from ${least.toLocaleString('en')} on.`);
}

function refuse(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
