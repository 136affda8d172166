import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { Answer } from '../harness/http.js';
import type { DescribedService, Operation, Schema } from './described.service.js';

/** What HTTP itself puts beside an answer. */
const TRANSPORT = ['connection', 'content-length', 'content-type', 'date', 'keep-alive', 'transfer-encoding'];

/** Tells what an answer has that its document does not declare. */
export class Undeclared {
  readonly #ajv: Ajv;
  readonly #everywhere: ReadonlySet<string>;
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor({ document, headersEverywhere }: DescribedService) {
    this.#ajv = new Ajv({ strict: false, allErrors: true });
    formats.default(this.#ajv);
    this.#ajv.addSchema({ $id: 'document', ...(closed(document) as object) });
    this.#everywhere = new Set([...TRANSPORT, ...headersEverywhere]);
  }

  /** Nothing where the document tells all of it. */
  in({ method, path, responses }: Operation, answer: Answer): string[] {
    const declared = responses[answer.status];
    if (!declared) return [`status ${answer.status}: ${answer.text.slice(0, 120)}`];
    const known = new Set(Object.keys(declared.headers ?? {}).map((name) => name.toLowerCase()));
    const headers = Object.keys(answer.headers).filter(
      (name) => !known.has(name) && !this.#everywhere.has(name),
    );
    const body =
      method === 'HEAD' || answer.text === '' ? [] : this.#inBody(answer, declared.content ?? {}, path);
    return [...headers.map((name) => `header ${name} of ${answer.status}`), ...body];
  }

  /** What is wrong with a value by a schema of the document. */
  flawsOf(schema: Schema, value: unknown): string[] {
    const key = JSON.stringify(schema);
    let validate = this.#compiled.get(key);
    if (!validate) this.#compiled.set(key, (validate = this.#ajv.compile(closed(schema) as Schema)));
    return validate(value)
      ? []
      : (validate.errors ?? []).map(
          ({ instancePath, message, params }) =>
            `${(instancePath || '/').replaceAll(/\d+/g, '*')} ${message} ${JSON.stringify(params)}`,
        );
  }

  #inBody(answer: Answer, content: NonNullable<Operation['requestBody']>['content'], path: string): string[] {
    const type = String(answer.headers['content-type']).split(';')[0]!;
    const declared = content?.[type];
    if (!declared) return [`type ${type} of ${answer.status}`];
    if (!declared.schema || !type.endsWith('json')) return [];
    return this.flawsOf(declared.schema, answer.json()).map(
      (flaw) => `body of ${answer.status} at ${path}: ${flaw}`,
    );
  }
}

/** Schemas that allow no more than they declare, with references that lead into the document. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [
    key,
    key === '$ref' ? `document${String(member)}` : closed(member),
  ]);
  const { nullable, ...schema } = Object.fromEntries(entries) as Record<string, unknown>;
  const open = !('properties' in schema) || 'additionalProperties' in schema;
  const exact = open ? schema : { ...schema, additionalProperties: false };
  // OpenAPI 3.0 has a word of its own for what JSON Schema says by a type.
  return nullable === true ? { anyOf: [exact, { type: 'null' }] } : exact;
}
