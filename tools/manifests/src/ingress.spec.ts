import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@gatehouse/workspace';
import { describe, expect, it } from 'vitest';
import { render } from './render.ts';

interface Ingress {
  readonly rules: readonly {
    readonly host: string;
    readonly http: { readonly paths: readonly Path[] };
  }[];
  readonly tls: readonly { readonly hosts: readonly string[] }[];
}

interface Path {
  readonly path: string;
  readonly pathType: string;
  readonly backend: { readonly service: { readonly name: string; readonly port: { readonly name: string } } };
}

const resources = render(join(ROOT, 'deploy/kubernetes/base'));
const [{ spec }] = resources.filter(({ kind }) => kind === 'Ingress') as unknown as [{ spec: Ingress }];
const rules = spec.rules.map(
  ({ host, http: { paths } }) => [paths[0]!.backend.service.name, host, paths] as const,
);

/** Addresses of a service, by the page that is generated from its OpenAPI document. */
function addressesOf(service: string): string[] {
  const page = readFileSync(join(ROOT, 'docs/http.md'), 'utf8');
  const section = page.split(/^## /m).find((each) => each.startsWith(`${service}\n`))!;
  return [...section.matchAll(/^### [A-Z]+ (\S+)/gm)].map(([, path]) => path!);
}

describe.each(rules)('the Ingress of %s', (service, host, paths) => {
  // Prefix: whole parts of the path (https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types).
  const leadsTo = (address: string) =>
    paths.some(({ path }) => address === path || address.startsWith(`${path}/`));

  it('leads to whatever callers from outside ask for', () => {
    const inner = /^\/revocations/;
    expect(addressesOf(service).filter((address) => !leadsTo(address) && !inner.test(address))).toEqual([]);
  });

  it.each(['/metrics', '/health/ready', '/health/live', '/revocations', '/revocations/snapshot', '/'])(
    'does not lead to %s',
    (address) => expect(leadsTo(address)).toBe(false),
  );

  it('leads to one service by its own name, with a certificate', () => {
    const backends = paths.map(({ backend, pathType }) => ({ ...backend.service, pathType }));
    expect(new Set(backends.map((each) => JSON.stringify(each)))).toEqual(
      new Set([JSON.stringify({ name: service, port: { name: 'http' }, pathType: 'Prefix' })]),
    );
    const deployment = resources.find(
      ({ kind, metadata }) => kind === 'Deployment' && metadata.name === service,
    );
    expect(JSON.stringify(deployment)).toContain(`"https://${host}"`);
    expect(spec.tls[0]!.hosts).toContain(host);
  });
});
