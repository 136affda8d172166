import type { Outgoing } from '../harness/http.js';
import type { Operation } from './described.service.js';

/** A request that an operation is tried with. */
export interface Attempt extends Outgoing {
  readonly path: string;
}

/** Values of a path's parameters; what is not there is `nope`. */
export type Places = Readonly<Record<string, string>>;

const FORM = 'application/x-www-form-urlencoded';

/** Requests of every kind: as the document says, without and with all sorts of credentials, and wrong. */
export function attemptsAt(
  operation: Operation,
  bearers: readonly (string | undefined)[],
  place: string,
): Attempt[] {
  const { method, path } = operation;
  const contents = operation.requestBody?.content ?? {};
  const [type, content] = Object.entries(contents).at(-1) ?? [];
  const json = (body: unknown) => ({
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
  const bodies: Outgoing[] = !content
    ? [{}]
    : [
        type === 'application/json' ? json(content.example) : {},
        ...(FORM in contents ? [form(contents[FORM]?.example)] : []),
        json({}),
        json([]),
        { body: '{"broken', headers: { 'content-type': 'application/json' } },
        { body: '<a/>', headers: { 'content-type': 'application/xml' } },
        json({ text: 'x'.repeat(101_000) }),
      ];
  const filled = (value: string) => path.replaceAll(/\{[^}]+\}/g, value);
  const everybody = bearers.flatMap((bearer) =>
    bodies.map((body) => ({ ...body, method, path: filled(place), ...(bearer !== undefined && { bearer }) })),
  );
  const odd: Outgoing[] = [
    { headers: { 'content-encoding': 'gzip' } },
    { headers: { cookie: 'jwt=a; jwt=b' } },
    { headers: { apikey: 'gh_none_of_ours_000000000000' } },
    { headers: { authorization: 'Basic bm9ib2R5Om5vdGhpbmc=' } },
  ];
  const bearer = bearers.at(-1);
  return [
    ...odd.map((outgoing) => ({ ...outgoing, method, path: filled('nope') })),
    { method, path: filled('x'.repeat(2_500)), ...(bearer !== undefined && { bearer }) },
    {
      method,
      path: `${filled('nope')}?limit=none&after=none&since=none`,
      ...(bearer !== undefined && { bearer }),
    },
    ...everybody,
  ];
}

function form(example: unknown): Outgoing {
  const body = String(new URLSearchParams(example as Record<string, string>));
  return { body, headers: { 'content-type': FORM } };
}
