import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@gatehouse/workspace';
import { describe, expect, it } from 'vitest';
import { render, type Resource } from './render.ts';
import { nameOf, schemaMistakes } from './schema.ts';

interface Pod {
  readonly metadata: { labels: Record<string, string> };
  readonly spec: {
    terminationGracePeriodSeconds?: number;
    securityContext: object;
    containers: Container[];
    volumes: { name: string; secret?: { secretName: string } }[];
  };
}

interface Container {
  readonly image: string;
  readonly env: { name: string; value: string }[];
  readonly securityContext: object;
  readonly resources: { limits?: object; requests?: object };
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly lifecycle?: { preStop: { sleep: { seconds: number } } };
}

interface Probe {
  readonly httpGet: { path: string };
}

const folder = (name: string) => join(ROOT, 'deploy/kubernetes', name);
const base = render(folder('base'));
const ofKind = (kind: string, resources = base) => resources.filter((each) => each.kind === kind);
const podOf = (resource: Resource) => (resource['spec'] as { template: Pod }).template;
const workloads = [...ofKind('Deployment'), ...ofKind('Job')];
const settings = ofKind('ConfigMap')[0]!['data'] as Record<string, string>;

describe('the Kubernetes manifests', () => {
  it.each(['base', 'overlays/managed-mysql'])('are what the API takes: %s', async (name) => {
    expect(await schemaMistakes(render(folder(name)))).toEqual([]);
  });

  it('are checked by what finds a wrong value and a member that does not exist', async () => {
    const [first, second] = structuredClone(ofKind('Deployment')) as [Resource, Resource];
    Object.assign(first['spec'] as object, { replicas: 'two' });
    Object.assign(second['spec'] as object, { replcias: 2 });
    const mistakes = (await schemaMistakes([first, second])).join('\n');
    expect(mistakes).toContain('replicas must be integer');
    expect(mistakes).toMatch(/Deployment articles: .*"replcias"' does not exist/);
  });

  it.each(workloads.map((each) => [nameOf(each), podOf(each)] as const))(
    'let %s do nothing that it need not',
    (_, { spec }) => {
      expect(spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      for (const { securityContext, resources } of spec.containers) {
        expect(securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(resources.limits).toHaveProperty('memory');
        expect(resources.requests).toHaveProperty('cpu');
      }
    },
  );

  it.each(workloads.map((each) => [nameOf(each), podOf(each)] as const))(
    'tell %s settings that it has, secrets as files',
    (_, { spec }) => {
      const [{ image, env }] = spec.containers as [Container];
      const example = readFileSync(
        join(ROOT, 'apps', image.replace('gatehouse-', ''), '.env.example'),
        'utf8',
      );
      const known = [...example.matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name]) => name!);
      const files = env.filter(({ name }) => name.endsWith('_FILE'));
      for (const { value } of files) expect(value).toMatch(/^\/run\/secrets\/gatehouse\/[a-z_]+$/);
      expect(known).toEqual(expect.arrayContaining(env.map(({ name }) => name.replace(/_FILE$/, ''))));
      const required = known.filter((name) =>
        new RegExp(`Required in production[^\n]*\n#? ?${name}=`).test(example),
      );
      const given = [...Object.keys(settings), ...env.map(({ name }) => name.replace(/_FILE$/, ''))];
      expect(given).toEqual(expect.arrayContaining(required));
    },
  );

  it.each(ofKind('Deployment').map((each) => [nameOf(each), podOf(each)] as const))(
    'let %s finish what it has begun',
    (_, { spec }) => {
      const [{ lifecycle, livenessProbe, readinessProbe }] = spec.containers as [Container];
      const timeout = Number.parseInt(settings['SHUTDOWN_TIMEOUT']!, 10);
      expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(lifecycle!.preStop.sleep.seconds + timeout);
      expect([livenessProbe, readinessProbe].map((probe) => probe?.httpGet.path)).toEqual([
        '/health/live',
        '/health/ready',
      ]);
    },
  );

  it.each(ofKind('Deployment').map(({ metadata }) => metadata.name))(
    'find the pods of %s by its labels, and keep two of them',
    (name) => {
      const { labels } = podOf(ofKind('Deployment').find(({ metadata }) => metadata.name === name)!).metadata;
      const named = (kind: string) =>
        ofKind(kind).find(({ metadata }) => metadata.name === name)!['spec'] as Record<string, unknown>;
      expect(named('Service')['selector']).toEqual(labels);
      expect(named('PodDisruptionBudget')['selector']).toEqual({ matchLabels: labels });
      expect(named('HorizontalPodAutoscaler')).toMatchObject({ scaleTargetRef: { name }, minReplicas: 2 });
    },
  );

  it('let nobody speak to anybody by default, and everybody who runs to somebody', () => {
    const policies = ofKind('NetworkPolicy').map(({ metadata, ...rest }) => ({
      name: metadata.name,
      spec: rest['spec'],
    }));
    expect(policies[0]).toEqual({
      name: 'default-deny',
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
    const covered = policies.map(({ name }) => name);
    expect(covered).toEqual(expect.arrayContaining(workloads.map(({ metadata }) => metadata.name)));
  });

  it('replace the pods of MySQL by an address in the overlay, and name other images', () => {
    const text = JSON.stringify(render(folder('overlays/managed-mysql')));
    expect(text).not.toContain('{"app":"mysql"}');
    expect(text).not.toMatch(/"image":"gatehouse-/);
  });
});
