import { parser } from '@prometheus-io/lezer-promql';

/** What a query asks for. */
export interface Query {
  readonly metrics: readonly string[];
  /** Names of labels in its selectors and groupings. */
  readonly labels: readonly string[];
}

/** Reads a PromQL query with the parser of Prometheus's own console. @throws Error where it is none */
export function parseQuery(text: string): Query {
  const metrics: string[] = [];
  const labels: string[] = [];
  parser.parse(text).iterate({
    enter: ({ type, name, from, to }) => {
      const part = text.slice(from, to);
      if (type.isError) throw new Error(`no PromQL at ${from}: ${text}`);
      if (name === 'Identifier') metrics.push(part);
      if (name === 'LabelName') labels.push(part);
    },
  });
  return { metrics, labels };
}
