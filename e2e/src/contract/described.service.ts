import { send } from '../harness/http.js';

/** A JSON schema, as far as tests look into it. */
export type Schema = Record<string, unknown>;

/** An answer as a document describes it. */
export interface DescribedAnswer {
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, { schema?: Schema; example?: unknown }>>;
}

/** One operation of a document. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly security?: readonly Record<string, unknown>[];
  readonly parameters?: readonly { name: string; in: string }[];
  readonly requestBody?: DescribedAnswer;
  readonly responses: Readonly<Record<string, DescribedAnswer>>;
}

/** A service as its OpenAPI document tells it. */
export interface DescribedService {
  readonly document: Document;
  readonly operations: readonly Operation[];
  readonly headersEverywhere: readonly string[];
}

interface Document {
  info: { title: string; version: string; description: string; 'x-headers-on-every-answer': string[] };
  paths: Record<string, Record<string, Omit<Operation, 'method' | 'path'>>>;
  components: object;
}

export async function describedService(url: string): Promise<DescribedService> {
  const document = (await send(`${url}/openapi.json`)).json<Document & Record<string, unknown>>();
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );
  return { document, operations, headersEverywhere: document.info['x-headers-on-every-answer'] };
}
