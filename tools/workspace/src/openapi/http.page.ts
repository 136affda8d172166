import type { ApiDocument, ApiOperation, ApiSchema } from './api.document.ts';

const HEAD = `# Every route

Generated from the OpenAPI documents of the services by \`npm run generate\`; do not edit. Each service serves its own at \`/openapi.json\`, and shows
it at \`/docs\`. A test drives the services from them, and fails on a status, a body or a header that they do not declare.
`;

/** The whole of `docs/http.md`. */
export function httpPage(documents: readonly ApiDocument[]): string {
  const [first] = documents;
  if (!first) return HEAD;
  const { components, info } = first;
  const schemes = Object.entries(components.securitySchemes).map(
    ([name, { description = '' }]) => `- \`${name}\`: ${description}`,
  );
  const headers = Object.entries(components.headers).map(
    ([name, { description }]) => `| \`${name}\` | ${description} |`,
  );
  return [
    HEAD,
    '## Credentials',
    schemes.join('\n'),
    '## Headers of answers',
    `On every answer: ${info['x-headers-on-every-answer'].map((name) => `\`${name}\``).join(', ')} (\`strict-transport-security\` over https alone). On some:`,
    ['| header | what it tells |', '| --- | --- |', ...headers].join('\n'),
    ...documents.map(chapterOf),
  ].join('\n\n');
}

function chapterOf({ info, paths }: ApiDocument): string {
  const routes = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) =>
      sectionOf(`${method.toUpperCase()} ${path}`, operation),
    ),
  );
  return [`## ${info.title}`, ...routes].join('\n\n');
}

function sectionOf(
  title: string,
  { description, security, parameters = [], requestBody, responses }: ApiOperation,
): string {
  const names = parameters.map(({ name, in: place }) => `\`${name}\` (${place})`);
  const [type, body] = Object.entries(requestBody?.content ?? {}).at(-1) ?? [];
  const facts = [
    `- Credential: ${credentialsIn(security)}${description ? ` ${description}` : ''}`,
    names.length > 0 && `- Parameters: ${names.join(', ')}`,
    body && `- Body: ${nameOf(body.schema)} as ${Object.keys(requestBody!.content!).join(' or ')}`,
    `- Answers: ${Object.entries(responses).map(answerOf).join(', ')}`,
  ];
  const example =
    type === 'application/json' && ['```json', JSON.stringify(body!.example, null, 2), '```'].join('\n');
  return [`### ${title}`, facts.filter(Boolean).join('\n'), example].filter(Boolean).join('\n\n');
}

function credentialsIn(security: ApiOperation['security'] = []): string {
  if (security.length === 0) return 'none.';
  const choices = security.map(
    (requirement) =>
      Object.keys(requirement)
        .map((name) => `\`${name}\``)
        .join(' and ') || 'none',
  );
  return `${choices.join(', or ')}.`;
}

function answerOf([status, { content = {} }]: [string, ApiOperation['responses'][string]]): string {
  const [first] = Object.entries(content);
  if (!first) return status;
  const [type, { schema }] = first;
  // Most failures are problems: to name that at each would say nothing.
  if (type === 'application/problem+json') return status;
  return `${status} (${type === 'application/json' && schema ? nameOf(schema) : type})`;
}

function nameOf({ $ref, items, type }: ApiSchema = {}): string {
  if ($ref) return `\`${$ref.split('/').at(-1)}\``;
  return items ? `a list of ${nameOf(items)}` : (type ?? 'anything');
}
