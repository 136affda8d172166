import { send } from '../harness/http.js';

/** One metric of a service, as its `/metrics` tells it. */
export interface ExposedMetric {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  /** Of all its series. */
  readonly labels: Set<string>;
  /** How many series it has. */
  series: number;
}

/** What a service exposes, by the names that queries use: those of a histogram's parts lead to the histogram. */
export type Exposition = Map<string, ExposedMetric>;

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? \S+$/;
const LABEL = /([a-zA-Z_]\w*)="(?:[^"\\]|\\.)*"/g;

export async function exposedBy(...services: readonly string[]): Promise<Exposition> {
  const exposition: Exposition = new Map();
  for (const service of services) read((await send(`${service}/metrics`)).text, exposition);
  return exposition;
}

function read(text: string, exposition: Exposition): void {
  let current: ExposedMetric | undefined;
  let help = '';
  for (const line of text.split('\n')) {
    const [, keyword, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (keyword === 'HELP') help = rest;
    if (keyword === 'TYPE') {
      current = exposition.get(name) ?? { name, help, type: rest, labels: new Set(), series: 0 };
      for (const part of partsOf(current)) exposition.set(part, current);
    }
    const sample = SAMPLE.exec(line);
    if (!sample || !current) continue;
    current.series += 1;
    for (const [, label] of (sample[2] ?? '').matchAll(LABEL)) current.labels.add(label!);
  }
}

function partsOf({ name, type }: ExposedMetric): string[] {
  return type === 'histogram' ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
}
