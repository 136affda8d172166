/** What of an OpenAPI document the page and the client are made from. */
export interface ApiDocument {
  readonly info: { readonly title: string; readonly 'x-headers-on-every-answer': readonly string[] };
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>;
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, { readonly description?: string }>>;
    readonly headers: Readonly<Record<string, { readonly description: string }>>;
  };
}

/** One operation of it. */
export interface ApiOperation {
  readonly tags?: readonly string[];
  readonly description?: string;
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
  }[];
  readonly requestBody?: ApiContent;
  readonly responses: Readonly<Record<string, ApiContent & ApiHeaders>>;
}

interface ApiContent {
  readonly content?: Readonly<Record<string, { readonly schema?: ApiSchema; readonly example?: unknown }>>;
}

interface ApiHeaders {
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** A schema, as far as its name goes. */
export interface ApiSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly items?: ApiSchema;
}
